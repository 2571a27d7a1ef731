"""Passwords that are long enough and still among the first that anybody would guess."""

_WORDS = """
password1234 password12345 password123456 passwordpassword mypassword123 newpassword123
password2024 password2025 password2026 password2027 passw0rd1234 p@ssw0rd1234 p@ssword1234
123456789012 1234567890123 1234567890abc abcdefghijkl abcdefgh1234 abcd12345678 a1b2c3d4e5f6
qwertyuiop12 qwertyuiop123 qwerty123456 qwertyqwerty qwertyuiopas 1q2w3e4r5t6y qazwsxedcrfv
1qaz2wsx3edc zaq12wsxcde3 asdfghjkl123 asdfghjklzxc zxcvbnm12345 iloveyou1234 iloveyouiloveyou
letmein12345 letmeinletmein letmeinplease welcome12345 welcomewelcome welcome123456
administrator admin1234567 admin123admin changeme1234 changemenow12 changeitplease sunshine1234
football1234 liverpool1234 manchester123 princess1234 dragon123456 superman1234 frontdesk123
frontdesk1234 reception123 reception1234 receptionist clinic123456 hospital1234 trustno12345
correcthorsebatterystaple thisisapassword
"""

WORST = frozenset(_WORDS.split())
