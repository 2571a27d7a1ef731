"""The application as `candor serve` runs it, with shorter waits on WhatsApp.

Run as `python -m tests.whatsapp.soak.application`; everything else comes from the environment.
"""

import asyncio
import sys
from functools import partial

from bot.channels.whatsapp.inbox import Pace
from bot.channels.whatsapp.patience import Patience
from bot.cli.faults import told
from bot.cli.main import _set_up_logs
from bot.cli.prepared import prepared_settings
from bot.runtime.ports import refuse_taken_ports, serving_ports
from bot.runtime.serve import serve
from bot.runtime.steps import say
from bot.runtime.whatsapp import maybe_whatsapp

PACE = Pace(quiet=0.1, most=0.4)
# A message that nobody knows the fate of is sent again after `news`.
PATIENCE = Patience(lease=2.0, news=2.0, first_pause=0.1, longest_pause=1.0, alert_pause=1.0)


def main() -> int:
    """Serve until stopped; 1 with a clear line when that isn't possible."""
    _set_up_logs()
    try:
        settings = prepared_settings(lambda read: refuse_taken_ports(serving_ports(read)))
        asyncio.run(serve(settings, partial(maybe_whatsapp, pace=PACE, patience=PATIENCE)))
    except Exception as error:
        for line in told(error):
            say(line)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
