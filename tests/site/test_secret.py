import stat
from concurrent.futures import ThreadPoolExecutor

from minusma_site.secret import kept_secret


def test_the_secret_is_long_kept_and_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"

    first = kept_secret(path)

    assert len(first) >= 50
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_those_who_start_together_agree_and_leave_no_draft(tmp_path):
    path = tmp_path / "secret_key"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [path] * 32))

    assert secrets == {path.read_text()}
    assert list(tmp_path.iterdir()) == [path]
