"""Public hosts without a network: names and addresses lead to servers on this machine.

Nothing of ours is replaced: the look-up of names and the connecting of sockets are the system's.
"""

import socket
import time
from dataclasses import dataclass, field
from ipaddress import ip_address


@dataclass
class Internet:
    # Of each name, the addresses of the first look-up, the second, …; the last ones stay.
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)  # to a port of this machine
    asked: list[str] = field(default_factory=list)  # names
    connected: list[tuple[str, int]] = field(default_factory=list)
    slow: float = 0  # seconds for a look-up

    def patch(self, monkeypatch) -> None:
        look_up, connect = socket.getaddrinfo, socket.socket.connect

        def getaddrinfo(host, port, *args, **options):
            try:
                ip_address(host.partition("%")[0])
            except ValueError:
                return self.look_up(host.rstrip("."), port)
            return look_up(host, port, *args, **options)

        def connect_to(line, address):
            self.connected.append(address[:2])
            port = self.lines.get(address[:2])
            if port is None and ip_address(address[0]).is_loopback:
                return connect(line, address)
            if port is None:
                raise ConnectionRefusedError(111, "Connection refused")
            return connect(line, ("127.0.0.1", port))

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        monkeypatch.setattr(socket.socket, "connect", connect_to)

    def look_up(self, name: str, port: int) -> list[tuple]:
        self.asked.append(name)
        time.sleep(self.slow)
        answers = self.names.get(name)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port, 0, 0) if ":" in address else (address, port),
            )
            for address in addresses
        ]
