"""Death in the middle of a request, as by a power cut: SIGKILL, nothing is finished and nobody is told.

The file MORTAL_SERVER_TRAP holds what to wait for: the end of the address that is posted to, and the moment: ``before``
anything is done, ``after`` all of it is done and before the answer leaves, or the name of a table: as soon as a row of it is
written, inside the transaction. The trap snaps once.
"""

import os
import signal
from pathlib import Path

from django.db import connection


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class MortalMiddleware:
    def __init__(self, get_response):
        self.get_response, self.trap = get_response, Path(os.environ["MORTAL_SERVER_TRAP"])

    def __call__(self, request):
        if request.method != "POST" or not self.trap.exists():
            return self.get_response(request)
        address, moment = self.trap.read_text().split()
        if not request.path.endswith(address):
            return self.get_response(request)
        self.trap.unlink()
        if moment == "before":
            die()

        def watch(execute, sql, params, many, context):
            found = execute(sql, params, many, context)
            if sql.startswith(f'INSERT INTO "{moment}"'):
                die()
            return found

        with connection.execute_wrapper(watch):
            answer = self.get_response(request)
        die()
        return answer
