"""The connection to Spark: a session of the user's cluster, or one on this machine alone."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from leadline.readers.extras import require_extra
from leadline.readers.problems import DataError
from leadline.spark.shipping import write_package
from leadline.temporary import TemporaryFolder

_CONFIGURED = ("PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME")
"""Variables by which a user, or `spark-submit`, says how Spark is to be started."""
_ALONE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}
"""On this machine alone nothing is offered to the network."""
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.pythonUDF.arrow.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}


def require_spark() -> None:
    """Raises DataError where Spark's package or Java is missing."""
    require_extra("spark", "the spark engine")
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        where = f"in JAVA_HOME ({home})" if home else "on this machine"
        raise DataError(f"Spark needs Java 17 or later, which is not {where}", help="install it, or set JAVA_HOME")


@contextmanager
def open_session(master: str | None) -> Iterator[Any]:
    """A session with settings of its own. Spark is stopped at the end unless it ran before.

    Without a master it is the one that runs already, else the one that the environment configures, else this machine.
    Raises DataError where there is none to be had.
    """
    require_spark()
    if master is not None and master.startswith("sc://"):
        raise DataError("Spark Connect cannot be used", help="name a master such as spark://host:7077 or yarn")
    from pyspark.sql import SparkSession

    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryFolder())
        running = SparkSession.getActiveSession()
        if running is None or _has_stopped(running):
            running = _start(master, folder)
            stack.callback(running.stop)
        session = running.newSession()
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        package = folder / f"{folder.name}.zip"  # a context takes no second file of one name
        write_package(package)
        session.sparkContext.addPyFile(str(package))
        yield session


def _has_stopped(session: Any) -> bool:
    return session.sparkContext._jsc is None


def _start(master: str | None, folder: Path) -> Any:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setAppName("leadline score")
    if master is not None:
        conf.setMaster(master)
    said = folder / "java.log"
    with said.open("wb") as log:
        streams: dict[str, Any] = {}
        if master.startswith("local") if master else not any(name in os.environ for name in _CONFIGURED):
            # What Java says while it starts and stops is for the one who looks after a cluster.
            streams = {"stdout": log, "stderr": log}
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            for name, value in {"spark.master": "local[*]", **_ALONE}.items():
                conf.setIfMissing(name, value)
        try:
            gateway = None if SparkContext._gateway else launch_gateway(conf, streams)
            SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError) as error:
            raise DataError(f"Spark does not start: {_reason(str(error), said)}") from None
    return SparkSession.builder.getOrCreate()


def _reason(message: str, said: Path) -> str:
    """The first line of what Java said, else of what its caller did."""
    lines = said.read_text("utf-8", "replace").splitlines() + message.splitlines()
    return next((line.strip() for line in lines if line.strip()), "")
