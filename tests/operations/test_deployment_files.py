"""What is in deploy/ fits the program: variables are read, commands exist, the public side gets no secret."""

import ast
import configparser
import getpass
import os
import re
import shlex
import shutil
import subprocess

import pytest
import trustme
import yaml
from django.core.management import get_commands, load_command_class

from tests.architecture.ours import ROOT

DEPLOY = ROOT / "deploy"
SETTINGS = ROOT / "casetracker" / "settings"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DOCUMENTS = [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "docs" / "operations.md"]
SECRETS = {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "CONFIDENTIAL_KEYS_FILE", "CHECKPOINT_KEY_FILE", "METRICS_TOKEN"}
# Read by Django, Python, PostgreSQL, and by our own files in deploy/.
READ_BY_OTHERS = {"DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE", "HEALTH_PATH"}
READ_BY_OTHERS |= {"POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "PUBLIC_PASSWORD"}


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def unit(path):
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(re.sub(r"^(ExecStart|Environment)=", _numbered(), path.read_text(), flags=re.MULTILINE))
    return parser


def _numbered():
    """Keep settings that are given more than once apart."""
    numbers = iter(range(100))
    return lambda match: f"{match[1]}.{next(numbers)}="


def values(parser, name):
    return [value for key, value in parser["Service"].items() if key.partition(".")[0] == name]


def sample(name):
    lines = (DEPLOY / "env" / f"{name}.env.sample").read_text().splitlines()
    return {line.lstrip("#").partition("=")[0] for line in lines if re.match(r"#?[A-Z_]+=", line)}


def variables():
    """Every variable that something in deploy/ sets."""
    found = set().union(*(sample(file.name.split(".")[0]) for file in (DEPLOY / "env").iterdir()))
    for service in compose()["services"].values():
        found |= set(service.get("environment", {}))
    for path in UNITS:
        found |= {value.partition("=")[0] for value in values(unit(path), "Environment")}
    return found


def read_by_settings():
    calls = [
        node for file in SETTINGS.glob("*.py") for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")
    ]  # fmt: skip
    return {node.args[0].value for node in calls if node.args and isinstance(node.args[0], ast.Constant)}


def commands():
    """The arguments of manage.py wherever something in deploy/ starts it."""
    for service in compose()["services"].values():
        command = service.get("command", [])
        if command[:2] == ["python", "manage.py"]:
            yield command[2:]
        elif command:
            yield from (shlex.split(line)[2:] for line in re.findall(r"python manage\.py [^|\n]*", command[-1]))
    for path in UNITS:
        for line in values(unit(path), "ExecStart"):
            program, first, *rest = shlex.split(line)
            assert program == "/opt/casetracker/.venv/bin/python"
            if first == "manage.py":
                yield rest
            else:
                assert (first, rest[0], rest[-1]) == ("-m", "granian", "casetracker.wsgi:application")


def test_every_variable_is_read():
    assert variables() - read_by_settings() - READ_BY_OTHERS == set()


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command_takes_its_arguments(arguments):
    name, *rest = arguments
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(rest)


def test_every_command_that_the_documents_name_is_there():
    named = {name for file in DOCUMENTS for name in re.findall(r"manage\.py ([a-z_]+)", file.read_text())}
    assert named - set(get_commands()) == set()


def test_the_public_side_gets_no_secret_of_the_desk():
    assert sample("public") & SECRETS == set()
    public = compose()["services"]["public"]
    assert public["env_file"] == "env/public.env"
    assert not public.get("secrets")
    assert public["volumes"] == ["packages:/var/lib/casetracker-packages:ro"], "what it offers for download, to read"
    text = (DEPLOY / "systemd" / "casetracker-public.service").read_text()
    assert "desk.env" not in text
    assert "LoadCredential" not in text


def test_containers_can_do_little():
    services = compose()["services"]
    assert {name for name, service in services.items() if "ports" in service} == {"proxy"}
    assert compose()["networks"]["data"] == {"internal": True}
    ours = {name: service for name, service in services.items() if service["image"] == "casetracker"}
    assert len(ours) >= 7
    for name, service in ours.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_the_health_of_a_container_is_asked_for_in_python():
    for name in ("public", "desk"):
        *_python, code = compose()["services"][name]["healthcheck"]["test"]
        compile(code, name, "exec")


def test_every_unit_is_in_the_sandbox_and_every_timer_has_its_unit():
    assert all(path.name.startswith("casetracker-") for path in UNITS)  # So the drop-in is for each.
    assert "NoNewPrivileges=yes" in (DEPLOY / "systemd" / "casetracker-.service.d" / "10-sandbox.conf").read_text()
    for timer in (DEPLOY / "systemd").glob("*.timer"):
        assert timer.with_suffix(".service") in UNITS


def test_the_image_installs_by_hash_alone_and_runs_as_nobody():
    text = (DEPLOY / "Dockerfile").read_text()
    assert "--require-hashes" in text
    assert re.findall(r"^USER (.*)$", text, re.MULTILINE) == ["10001:10001"]
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"} <= copied


def test_a_command_runs_with_the_environment_of_the_desk(tmp_path):
    (tmp_path / "desk.env").write_text(
        "# A comment\nSITE_NAME=Station $(touch here) Watch\nMETRICS_TOKEN=of the file\n\n"
    )
    (tmp_path / "confidential-keys").write_text("# newest first\nfirst\nsecond\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$*|$SITE_NAME|$METRICS_TOKEN|$CONFIDENTIAL_KEYS|$(umask)"\n')
    python.chmod(0o700)
    places = {"CASETRACKER_HOME": str(tmp_path), "CASETRACKER_ETC": str(tmp_path)}
    given = {
        "PATH": os.environ["PATH"],
        "CASETRACKER_USER": getpass.getuser(),
        "METRICS_TOKEN": "of the caller",
        **places,
    }
    run = subprocess.run([DEPLOY / "casetracker", "migrate"], env=given, capture_output=True, text=True, check=True)
    assert run.stdout == "manage.py migrate|Station $(touch here) Watch|of the caller|first,second|0077\n"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_units():
    timers = (DEPLOY / "systemd").glob("*.timer")
    run = subprocess.run(
        [shutil.which("systemd-analyze"), "verify", *map(str, [*UNITS, *timers])],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in run.stderr.splitlines() if "is not executable" not in line]  # not installed here
    assert said == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_understands_its_configuration(tmp_path):
    (tmp_path / "certificates").mkdir()
    for side in ("public", "desk"):
        certificate = trustme.CA().issue_cert("cases.example.org")
        certificate.private_key_pem.write_to_path(tmp_path / "certificates" / f"{side}.key")
        certificate.cert_chain_pems[0].write_to_path(tmp_path / "certificates" / f"{side}.crt")
    for name in ("proxied.conf", "upstreams.conf"):
        shutil.copy(DEPLOY / "nginx" / name, tmp_path)
    site = (DEPLOY / "nginx" / "casetracker.conf").read_text()
    site = site.replace("/etc/nginx/casetracker/", f"{tmp_path}/").replace("/var/log/nginx/", f"{tmp_path}/")
    site = re.sub(r" *listen \[::\]:[^\n]*\n", "", site)
    (tmp_path / "site.conf").write_text(re.sub(r"listen (\d+)", rf"listen unix:{tmp_path}/\1", site))
    http = f"include {tmp_path}/site.conf; client_body_temp_path {tmp_path}/body;"
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid; events {{}} http {{ {http} }}")
    run = subprocess.run(
        [shutil.which("nginx"), "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
