"""Handing letters in at a real mail server: encrypted, to the one we mean, and with a password."""

from dataclasses import replace

import pytest

from server.http.mailing import server_of
from server.services import post
from server.services.post import Away, Line, NotTaken, Server, Tls, Why
from server.settings import Settings
from server.tools import check_mail
from tests.mails import (
    LENE,
    PASSWORD,
    SENDER,
    USER,
    PostOffice,
    certificate,
    free_port,
    post_office,
    writing,
)

LETTER = b"Subject: Kig\r\n\r\nHej\r\n.\r\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A certificate for this machine, and a mail server's context with it."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server(made) -> Server:
    return Server(
        host="127.0.0.1", port=0, tls=Tls.STARTTLS, sender=SENDER, ours="enerum.test", user=USER,
        password=PASSWORD, authorities=made[0],
    )  # fmt: skip


async def hand_in(server: Server, office: PostOffice, address: str = LENE) -> None:
    async with post.opened(replace(server, port=office.port)) as line:
        await line.send(address, LETTER)


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
async def test_a_letter_goes_encrypted_and_under_our_name(tls, server, made):
    """V12.3.1: also a line that is one full stop comes whole."""
    implicit = tls == Tls.IMPLICIT
    async with post_office(tls=made[1], implicit=implicit, users=True) as office:
        await hand_in(replace(server, tls=tls), office)
    assert office.encrypted == [True]
    assert office.signed_in == [USER.encode()]
    assert office.to == [LENE]
    assert office.letters == [LETTER]


async def test_to_a_server_that_does_not_prove_its_name_nothing_is_said(server, made):
    """V12.3.2: neither a letter nor the password, whoever stands on the way."""
    elsewhere = "127.0.0.2"  # which does not stand in the certificate
    for wrong, host in (
        (replace(server, authorities=None), server.host),
        (replace(server, host=elsewhere), elsewhere),
    ):
        async with post_office(tls=made[1], users=True, host=host) as office:
            with pytest.raises(Away) as away:
                await hand_in(wrong, office)
        assert away.value.why == Why.UNTRUSTED
        assert (office.letters, office.signed_in) == ([], [])


@pytest.mark.parametrize("user", [USER, ""])
async def test_to_a_server_that_offers_no_encryption_nothing_is_said(user, server):
    """A middle-man who strikes STARTTLS out gets nothing either, with a password or without."""
    async with post_office() as office:
        with pytest.raises(Away) as away:
            await hand_in(replace(server, user=user), office)
    assert away.value.why == Why.UNENCRYPTED
    assert office.letters == []


async def test_a_wrong_password_is_told_apart_from_a_server_that_is_away(server, made):
    async with post_office(tls=made[1], users=True) as office:
        with pytest.raises(Away) as away:
            await hand_in(replace(server, password="another"), office)
        assert away.value.why == Why.LOGIN
    with pytest.raises(Away) as away:
        await hand_in(server, PostOffice(free_port()))
    assert away.value.why == Why.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ("550 5.1.1 no such user", NotTaken),
        ("551 no such user", NotTaken),
        ("550 5.2.1 closed", NotTaken),
        ("553 5.1.3 no address", NotTaken),
        ("550 5.7.1 no relaying for you", post.Later),
        ("554 5.7.1 blocked", post.Later),
        ("552 5.2.2 full", post.Later),
        ("451 4.7.1 come back later", post.Later),
    ],
)
async def test_an_address_is_blamed_only_where_the_answer_is_about_it(answer, raised, server):
    """And whatever is answered, the next letter goes."""
    async with post_office(PostOffice(answers={LENE: answer})) as office:
        plain = replace(server, tls=Tls.NONE, user="", password="", port=office.port)
        async with post.opened(plain) as line:
            with pytest.raises(raised):
                await line.send(LENE, LETTER)
            await line.send("karl@example.dk", LETTER)
    assert office.to == ["karl@example.dk"]


async def test_a_no_that_ends_the_line_is_no_letters_fault(server):
    """421: it closes, and every letter that is left waits."""
    async with post_office(PostOffice(answers={LENE: "421 4.3.2 closing"})) as office:
        with pytest.raises(Away) as away:
            await hand_in(replace(server, tls=Tls.NONE, user="", password=""), office)
    assert away.value.why == Why.ANSWERS


async def test_no_words_of_the_server_go_any_further(server):
    """P6: its answers quote addresses, and what is logged is made of what is raised."""
    async with post_office(PostOffice(answers={LENE: f"550 5.1.1 <{LENE}> unknown"})) as office:
        plain = replace(server, tls=Tls.NONE, user="", password="")
        with pytest.raises(NotTaken) as raised:
            await hand_in(plain, office)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert LENE not in repr(raised.value)


async def test_a_line_that_breaks_is_away(server):
    async with post_office() as office:
        plain = replace(server, tls=Tls.NONE, user="", password="", port=office.port)
        async with post.opened(plain) as line:
            assert isinstance(line, Line)
            line._client.close()
            with pytest.raises(Away):
                await line.send(LENE, LETTER)
    assert office.letters == []


def test_the_password_is_read_from_its_file_each_time(tmp_path):
    file = tmp_path / "password"
    file.write_text("first\n", encoding="utf-8")
    settings = replace(
        writing(Settings(), 25), mail_tls="starttls", mail_port=0, mail_user=USER,
        mail_password_file=file, public_url="https://enerum.example.dk",
    )  # fmt: skip
    found = server_of(settings)
    assert (found.port, found.password, found.ours) == (587, "first", "enerum.example.dk")
    file.write_text("second", encoding="utf-8")
    assert server_of(settings).password == "second"


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("implicit", 465), ("none", 25)])
def test_each_way_has_its_usual_port(tls, port):
    assert server_of(replace(writing(Settings(), 0), mail_tls=tls)).port == port


# run.py check


async def test_the_operator_is_told_which_joint_of_the_mail_fails(made, tmp_path, capsys):
    file = tmp_path / "password"
    file.write_text(PASSWORD, encoding="utf-8")
    settings = replace(
        writing(Settings(language="da"), free_port()), mail_tls="starttls", mail_user=USER,
        mail_password_file=file, mail_ca_file=made[0],
    )  # fmt: skip
    assert await check_mail.run(Settings())
    assert capsys.readouterr().out == ""
    assert not await check_mail.run(settings)
    assert "ingen svarer på 127.0.0.1" in capsys.readouterr().out
    async with post_office(PostOffice(settings.mail_port), tls=made[1], users=True) as office:
        assert await check_mail.run(settings)
        assert SENDER in capsys.readouterr().out
        assert not await check_mail.run(replace(settings, mail_ca_file=None))
        assert "ENERUM_MAIL_CA_FILE" in capsys.readouterr().out
        file.write_text("forkert", encoding="utf-8")
        assert not await check_mail.run(settings)
        assert "ENERUM_MAIL_PASSWORD_FILE" in capsys.readouterr().out
    assert office.letters == []
