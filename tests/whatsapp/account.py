"""The clinic's account at Meta, as all tests of the channel know it."""

TOKEN = "EAAtokenOfTheClinic"
SECRET = "the app's secret of 32 characters"
VERIFY_TOKEN = "the clinic's own word"
NUMBER_ID = "100000000000001"
ACCOUNT_ID = "200000000000002"
DISPLAY_NUMBER = "447700900142"
