import gzip
import io
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.checkpoints import magenta_archive
from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.magenta_archive import archive_files, is_archive, unzipped

Members = dict[str, bytes]
CHECKPOINT: Members = {"model.ckpt.index": b"index", "model.ckpt.data-00000-of-00001": b"data" * 300}


def tar(members: Members, mode: str = "w", **member_types: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]  # mode is one of its words
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind in member_types.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def zipped(members: Members) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(path: Path) -> Members:
    return {name: blob.read(0, blob.size) for name, blob in archive_files(path).items()}


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.zip"])
def test_the_files_of_an_archive(tmp_path: Path, name: str) -> None:
    content = {"a.tar": tar(CHECKPOINT), "a.tar.gz": tar(CHECKPOINT, "w:gz"), "a.zip": zipped(CHECKPOINT)}[name]
    path = tmp_path / name
    path.write_bytes(content)

    assert is_archive(path)
    assert read(path) == CHECKPOINT


def test_a_plain_tar_is_read_in_parts_and_not_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tar(CHECKPOINT))
    data = archive_files(path)["model.ckpt.data-00000-of-00001"]

    assert data.read(4, 8) == b"datadata"
    with pytest.raises(BrokenFileError, match="too early"):
        data.read(0, 1201)


@pytest.mark.parametrize("bad", ["/etc/cron.d/x", "../x", "a/../../x", "a/.hidden", "./._model.ckpt.index"])
@pytest.mark.parametrize("pack", [tar, zipped])
def test_paths_that_lead_out_and_hidden_files_are_left_out(tmp_path: Path, bad: str, pack: object) -> None:
    assert callable(pack)
    path = tmp_path / "a"
    path.write_bytes(pack({bad: b"x", "./model.ckpt.index": b"index", "deep/er/file": b"y"}))

    assert set(archive_files(path)) == {"model.ckpt.index", "deep/er/file"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_links_and_devices_are_passed_over(tmp_path: Path, kind: bytes, mode: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(tar(CHECKPOINT, mode, **{"evil": kind}))

    assert read(path) == CHECKPOINT
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_compressed_archive_becomes_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(magenta_archive, "MAX_UNPACKED_BYTES", 100_000)
    for name, content in (
        ("a.tar.gz", tar({"zeros": bytes(10**6)}, "w:gz")),
        ("a.zip", zipped({"zeros": bytes(10**6)})),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert len(content) < 5000
        with pytest.raises(BrokenFileError, match="unpacked it would be larger"):
            archive_files(path)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(zipped({"zeros": bytes(10**6)}))
    place = content.rindex((10**6).to_bytes(4, "little"))
    content[place : place + 4] = (100).to_bytes(4, "little")

    with pytest.raises(BrokenFileError):
        unzipped(bytes(content))


def test_archives_of_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(magenta_archive, "MAX_MEMBERS", 3)
    path = tmp_path / "a.tar"
    path.write_bytes(tar({str(number): b"" for number in range(4)}))

    with pytest.raises(BrokenFileError, match="more than 3 files"):
        archive_files(path)


@given(st.sampled_from(["tar", "gz", "zip"]), st.data())
def test_a_damaged_or_cut_archive_is_one_kind_of_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    packed = {"tar": tar(CHECKPOINT), "gz": gzip.compress(tar(CHECKPOINT), mtime=0), "zip": zipped(CHECKPOINT)}[kind]
    content = bytearray(packed[: data.draw(st.integers(2, len(packed)))])
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes(content)

    if is_archive(path):
        with suppress(BrokenFileError):
            read(path)
