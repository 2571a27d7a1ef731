"""The clinic's account at Meta, as all tests of the channel know it."""

TOKEN = "EAAtokenOfTheClinic"
SECRET = "the app's secret of 32 characters"
VERIFY_TOKEN = "the clinic's own word"
NUMBER_ID = "106540352242922"
ACCOUNT_ID = "102290129340398"
DISPLAY_NUMBER = "15550783881"
