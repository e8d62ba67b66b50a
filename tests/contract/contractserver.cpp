// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/contractserver.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

namespace fd::test {
namespace {

constexpr int kDeployments = 300;
/// Beside those that the server's scheduler makes.
constexpr int kRunsByHand = 300;
/// Installing an environment from a slow index takes the longest.
constexpr int kAnswerMs = 600'000;
constexpr int kEndMs = 30'000;

void failTest(const QString &what) { QTest::qFail(qPrintable(what), __FILE__, __LINE__); }

} // namespace

ContractServer::ContractServer(const QString &generation)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral("/usr/bin/python3"),
        {QStringLiteral(FLOWDECK_SOURCE_DIR "/tests/contract/servers.py"), QStringLiteral("serve"), generation});
}

ContractServer::~ContractServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kEndMs))
        m_process.kill();
    m_process.waitForFinished();
}

QString ContractServer::whyNot() { return toQString(textOf(tell("install"), "unreachable")); }

void ContractServer::start()
{
    const Json started = tell("start", {{"deployments", kDeployments}, {"runs", kRunsByHand}});
    m_apiUrl = QUrl(toQString(textOf(started, "url")));
}

Json ContractServer::tell(const char *what, Json arguments)
{
    arguments["do"] = what;
    m_process.write(toJsonText(arguments) + '\n');
    const Json answer = readAnswer();
    if (answer.contains("ok"))
        return answer["ok"];
    failTest(QStringLiteral("%1: %2").arg(QLatin1String(what), toQString(textOf(answer, "error"))));
    return {};
}

Json ContractServer::readAnswer()
{
    QEventLoop loop;
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(&deadline, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &loop, [this, &loop] {
        if (m_process.canReadLine())
            loop.quit();
    });
    QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
    deadline.start(kAnswerMs);
    if (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning)
        loop.exec();
    const Result<Json> answer = parseJson(m_process.readLine());
    return answer ? *answer : Json{{"error", "servers.py gives no answer"}};
}

Json ContractServer::http(const char *method, const QString &path, const Json &body)
{
    const QByteArray text = body.is_null() ? QByteArray() : toJsonText(body);
    return tell("http", {{"method", method}, {"path", path.toStdString()}, {"body", text.toStdString()}});
}

Json ContractServer::facts(const char *kind, const QString &run)
{
    return tell("facts", {{"kind", kind}, {"run", run.toStdString()}});
}

} // namespace fd::test
