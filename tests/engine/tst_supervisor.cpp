// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/spool.h"
#include "tests/engine/processes.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <sys/mount.h>
#include <unistd.h>

using namespace fd;
using namespace fd::test;

namespace {

constexpr int kDeadlineMs = 30'000;

} // namespace

/// The supervisor as a program, over real processes.
class SupervisorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void tellsTheExitCode_data();
    void tellsTheExitCode();
    void tellsEverySignal();
    void keepsWhatIsWritten();
    void handsOutTheEventPipe();
    void cutsLongLines();
    void keepsBinaryOutput();
    void boundsAGigabyte();
    void endsOnASignal_data();
    void endsOnASignal();
    void leavesNoDescendant();
    void survivesClosedOutput();
    void tellsAMissingProgram();
    void leavesAnOwnedSpoolAlone();
    void holdsALockWhileItLives();
    void killsItsChildWhenKilled();
    void outlivesItsStarter();
    void keepsTheEndingOnAFullDisk();

private:
    void begin(const QStringList &command, const QString &grace = QStringLiteral("0.3"));
    void beginPython(const QByteArray &code, const QString &grace = QStringLiteral("0.3"));
    [[nodiscard]] bool ended();
    [[nodiscard]] QList<QPair<char, QByteArray>> records() const;
    [[nodiscard]] QByteArray ending() const;
    [[nodiscard]] QByteArrayList textsOf(char type) const;
    [[nodiscard]] bool waitForOutput();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
    QString m_spool;
    QByteArray m_mark;
};

void SupervisorTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_spool = m_folder->filePath(QStringLiteral("spool.1"));
    m_mark = "FLOWDECK_TEST_MARK=" + QUuid::createUuid().toByteArray();
}

void SupervisorTest::cleanup()
{
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(m_mark).size(), 0, kDeadlineMs);
    m_process.reset();
}

void SupervisorTest::begin(const QStringList &command, const QString &grace)
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const auto separator = m_mark.indexOf('=');
    environment.insert(QString::fromLatin1(m_mark.first(separator)), QString::fromLatin1(m_mark.sliced(separator + 1)));
    m_process->setProcessEnvironment(environment);
    m_process->start(QStringLiteral(FLOWDECK_SUPERVISOR), QStringList{m_spool, grace, QStringLiteral("--")} + command);
    if (!m_process->waitForStarted())
        qFatal("the supervisor did not start");
}

void SupervisorTest::beginPython(const QByteArray &code, const QString &grace)
{
    begin({QStringLiteral("/usr/bin/python3"), QStringLiteral("-S"), QStringLiteral("-c"), QString::fromUtf8(code)},
        grace);
}

bool SupervisorTest::ended() { return m_process->waitForFinished(kDeadlineMs); }

QList<QPair<char, QByteArray>> SupervisorTest::records() const
{
    QList<QPair<char, QByteArray>> found;
    SpoolReader reader(m_spool, 0);
    for (QByteArray chunk = reader.nextChunk(); !chunk.isEmpty(); chunk = reader.nextChunk()) {
        QByteArrayView rest = chunk;
        while (const auto record = SpoolReader::takeRecord(rest))
            found += {record->type, record->text.toByteArray()};
        reader.advance(chunk.size());
    }
    return found;
}

QByteArray SupervisorTest::ending() const
{
    const auto all = records();
    return !all.isEmpty() && all.last().first == 'X' ? all.last().second : QByteArray("none");
}

QByteArrayList SupervisorTest::textsOf(char type) const
{
    QByteArrayList texts;
    for (const auto &[recordType, text] : records()) {
        if (recordType == type)
            texts += text;
    }
    return texts;
}

bool SupervisorTest::waitForOutput()
{
    return QTest::qWaitFor([this] { return !textsOf('O').isEmpty(); }, kDeadlineMs);
}

void SupervisorTest::tellsTheExitCode_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {0, 1, 3, 127, 255})
        QTest::addRow("%d", code) << code;
}

void SupervisorTest::tellsTheExitCode()
{
    QFETCH(int, code);
    begin({QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("exit %1").arg(code)});
    QVERIFY(ended());
    QCOMPARE(m_process->exitCode(), 0);
    QCOMPARE(ending(), "exit " + QByteArray::number(code));
}

void SupervisorTest::tellsEverySignal()
{
    const QSet<int> harmless = {SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
    for (int number = 1; number <= 31; ++number) {
        if (harmless.contains(number))
            continue;
        m_spool = m_folder->filePath(QStringLiteral("spool.signal%1").arg(number));
        begin(
            {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("ulimit -c 0; kill -%1 $$").arg(number)});
        QVERIFY(ended());
        QCOMPARE(ending(), "signal " + QByteArray::number(number));
    }
}

void SupervisorTest::keepsWhatIsWritten()
{
    beginPython("import sys\nprint('one')\nprint('two', file=sys.stderr)\nsys.stdout.write('no line break')");
    QVERIFY(ended());
    QCOMPARE(textsOf('O'), QByteArrayList({"one", "no line break"}));
    QCOMPARE(textsOf('R'), QByteArrayList({"two"}));
    QCOMPARE(textsOf('P').size(), 1);
    QCOMPARE(QFileInfo(m_spool).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void SupervisorTest::handsOutTheEventPipe()
{
    beginPython("import os\nos.write(3, b'{\"t\":\"hello\"}\\n')\n"
                "print(sorted(map(int, os.listdir('/proc/self/fd')))[:4], os.isatty(0))");
    QVERIFY(ended());
    QCOMPARE(textsOf('E'), QByteArrayList({R"({"t":"hello"})"}));
    // Nothing else is inherited: 4 is the folder that is being listed.
    QCOMPARE(textsOf('O'), QByteArrayList({"[0, 1, 2, 3] False"}));
}

void SupervisorTest::cutsLongLines()
{
    beginPython("print('x' * 600_000)");
    QVERIFY(ended());
    const QByteArrayList lines = textsOf('O');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0].size(), 256 * 1024);
    QCOMPARE(lines.join().size(), 600'000);
}

void SupervisorTest::keepsBinaryOutput()
{
    beginPython("import sys\nsys.stdout.buffer.write(bytes(range(256)))");
    QVERIFY(ended());
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    QCOMPARE(textsOf('O').join('\n'), all);
}

void SupervisorTest::boundsAGigabyte()
{
    QElapsedTimer clock;
    clock.start();
    beginPython("import sys\nline = b'x' * 99 + b'\\n'\nblock = line * 10_000\n"
                "for i in range(1000): sys.stdout.buffer.write(block)");
    QVERIFY(ended());
    qInfo("a gigabyte took %lld ms and %lld bytes", clock.elapsed(), QFileInfo(m_spool).size());
    QVERIFY(QFileInfo(m_spool).size() < 72 * 1024 * 1024);
    QCOMPARE(ending(), QByteArray("exit 0"));
    const QByteArrayList dropped = textsOf('D');
    QCOMPARE(dropped.size(), 2);
    QCOMPARE(dropped[1].split(' ').first().toLongLong() + textsOf('O').size(), 10'000'000);
}

void SupervisorTest::endsOnASignal_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("ending");
    QTest::newRow("polite") << QByteArray("import time\nprint('up', flush=True)\ntime.sleep(600)")
                            << QByteArray("signal 15");
    QTest::newRow("ignored") << QByteArray("import time, signal\nsignal.signal(15, signal.SIG_IGN)\n"
                                           "print('up', flush=True)\ntime.sleep(600)")
                             << QByteArray("signal 9");
    QTest::newRow("cleans up") << QByteArray("import time, signal, sys\nsignal.signal(15, lambda *a: sys.exit(4))\n"
                                             "print('up', flush=True)\ntime.sleep(600)")
                               << QByteArray("exit 4");
    QTest::newRow("stopped") << QByteArray("import os\nprint('up', flush=True)\nos.kill(os.getpid(), 19)")
                             << QByteArray("signal 15");
}

void SupervisorTest::endsOnASignal()
{
    QFETCH(QByteArray, code);
    beginPython(code);
    QVERIFY(waitForOutput());
    m_process->terminate();
    QVERIFY(ended());
    QTEST(ending(), "ending");
}

void SupervisorTest::leavesNoDescendant()
{
    beginPython(
        "import os, subprocess, signal\n"
        "subprocess.Popen(['sleep', '600'])\n"
        "subprocess.Popen(['setsid', 'sleep', '600'])\n"
        "subprocess.Popen(['sh', '-c', 'setsid sh -c \"trap : TERM; sleep 600; sleep 600\" & setsid sleep 600 &'])\n"
        "subprocess.Popen(['setsid', 'python3', '-S', '-c', "
        "'import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)'])\n"
        "import time; time.sleep(0.3)\n"
        "print('done')");
    QVERIFY(ended());
    QCOMPARE(processesWith(m_mark).size(), 0);
    QCOMPARE(ending(), QByteArray("exit 0"));
    QCOMPARE(textsOf('O').first(), QByteArray("done"));
}

void SupervisorTest::survivesClosedOutput()
{
    beginPython("import os, time\nos.close(1); os.close(2); os.close(3)\ntime.sleep(0.2)\nos._exit(6)");
    QVERIFY(ended());
    QCOMPARE(ending(), QByteArray("exit 6"));
}

void SupervisorTest::tellsAMissingProgram()
{
    begin({QStringLiteral("/no/such/program")});
    QVERIFY(ended());
    QCOMPARE(ending(), "failed " + QByteArray::number(ENOENT));
}

void SupervisorTest::leavesAnOwnedSpoolAlone()
{
    QFile owned(m_spool);
    QVERIFY(owned.open(QIODevice::WriteOnly) && owned.write("somebody's") > 0);
    owned.close();
    begin({QStringLiteral("/bin/sh"), QStringLiteral("-c"),
        QStringLiteral("touch %1").arg(m_folder->filePath(QStringLiteral("ran")))});
    QVERIFY(ended());
    QCOMPARE(m_process->exitCode(), 75);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("ran"))));
    QVERIFY(owned.open(QIODevice::ReadOnly));
    QCOMPARE(owned.readAll(), QByteArray("somebody's"));
    m_spool = m_folder->filePath(QStringLiteral("missing/spool"));
    begin({QStringLiteral("/bin/true")});
    QVERIFY(ended());
    QCOMPARE(m_process->exitCode(), 73);
}

void SupervisorTest::holdsALockWhileItLives()
{
    QCOMPARE(spoolState(m_spool).kind, SpoolState::Kind::Missing);
    beginPython("import time\nprint('up', flush=True)\ntime.sleep(600)");
    QVERIFY(waitForOutput());
    const SpoolState held = spoolState(m_spool);
    QCOMPARE(held.kind, SpoolState::Kind::Held);
    QCOMPARE(qint64(held.supervisor), m_process->processId());
    QCOMPARE(claimSpool(m_spool).value(), false);
    m_process->terminate();
    QVERIFY(ended());
    QCOMPARE(spoolState(m_spool).kind, SpoolState::Kind::Left);
    const QString fresh = m_folder->filePath(QStringLiteral("spool.2"));
    QCOMPARE(claimSpool(fresh).value(), true);
    QCOMPARE(spoolState(fresh).kind, SpoolState::Kind::Claimed);
}

void SupervisorTest::killsItsChildWhenKilled()
{
    beginPython("import time\nprint('up', flush=True)\ntime.sleep(600)");
    QVERIFY(waitForOutput());
    m_process->kill();
    QVERIFY(ended());
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(m_mark).size(), 0, kDeadlineMs);
    QCOMPARE(ending(), QByteArray("none"));
    QCOMPARE(spoolState(m_spool).kind, SpoolState::Kind::Left);
}

void SupervisorTest::outlivesItsStarter()
{
    beginPython("import time\nprint('up', flush=True)\ntime.sleep(0.3)\nprint('on')");
    QVERIFY(waitForOutput());
    kill(static_cast<pid_t>(m_process->processId()), SIGHUP);
    m_process->closeReadChannel(QProcess::StandardOutput);
    QVERIFY(ended());
    QCOMPARE(textsOf('O'), QByteArrayList({"up", "on"}));
    QCOMPARE(ending(), QByteArray("exit 0"));
}

void SupervisorTest::keepsTheEndingOnAFullDisk()
{
    const QByteArray place = QFile::encodeName(m_folder->path());
    if (mount("tmpfs", place.constData(), "tmpfs", 0, "size=1m") != 0)
        QSKIP("needs root to mount a small file system");
    beginPython("import os\nfor i in range(40_000): print('x' * 99)\nos.write(3, b'{\"t\":\"flow_state\"}\\n')");
    const bool finished = ended();
    const QByteArray last = ending();
    const QByteArrayList events = textsOf('E');
    const auto dropped = textsOf('D').size();
    umount2(place.constData(), MNT_DETACH);
    QVERIFY(finished);
    QCOMPARE(last, QByteArray("exit 0"));
    QCOMPARE(events.size(), 1);
    QVERIFY(dropped > 0);
}

QTEST_GUILESS_MAIN(SupervisorTest)
#include "tst_supervisor.moc"
