// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/flowinspector.h"

#include "models/core/json.h"
#include "models/engine/capturedcommand.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtConcurrent>

#include <cstring>

namespace fd {
namespace {

constexpr qint64 kLargestReport = 16 * 1024 * 1024;

QString stringOf(const Json &object, const char *key) { return toQString(textOf(object, key)); }

int numberOf(const Json &object, const char *key)
{
    const Json &value = memberOf(object, key);
    return value.is_number_integer() ? value.get<int>() : 0;
}

Error errorAt(const InspectRequest &request, ErrorKind kind, const QString &detail)
{
    return {.kind = kind, .detail = detail, .field = {}, .file = request.file};
}

/// The last line that says something: Python's own summary of an error.
QString lastLine(const QByteArray &output)
{
    const QStringList lines = QString::fromUtf8(output).split(u'\n', Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last().trimmed();
}

/// Why there is no report, from how the process ended.
Error withoutReport(const InspectRequest &request, const CommandOutput &ended)
{
    QString how = QStringLiteral("with exit code %1").arg(ended.exitCode);
    if (ended.signal != 0) {
        const char *name = sigabbrev_np(ended.signal);
        how = QStringLiteral("with SIG%1").arg(QLatin1String(name ? name : "?"));
    }
    const QString said = lastLine(ended.output);
    return errorAt(request, ErrorKind::Validation,
        QStringLiteral("Python ended %1 while it loaded %2%3")
            .arg(how, QFileInfo(request.file).fileName(),
                said.isEmpty() ? QStringLiteral(".") : QStringLiteral(": ") + said));
}

Error reportedError(const InspectRequest &request, const Json &error)
{
    const QString kind = stringOf(error, "kind");
    ErrorKind as = ErrorKind::Validation;
    if (kind == QLatin1String("syntax"))
        as = ErrorKind::Parse;
    else if (kind == QLatin1String("missing_file") || kind == QLatin1String("not_found"))
        as = ErrorKind::NotFound;
    Error made = errorAt(request, as, stringOf(error, "message"));
    if (const QString hint = stringOf(error, "hint"); !hint.isEmpty())
        made.detail += QStringLiteral(" To do: %1.").arg(hint);
    made.line = numberOf(error, "line");
    made.column = numberOf(error, "column");
    return made;
}

FlowInFile flowOf(const Json &json)
{
    FlowInFile flow;
    flow.name = stringOf(json, "name");
    flow.function = stringOf(json, "function");
    flow.line = numberOf(json, "line");
    flow.description = stringOf(json, "description");
    flow.version = stringOf(json, "version");
    flow.isAsync = boolOf(json, "is_async", false);
    if (const Json &schema = memberOf(json, "parameter_schema"); schema.is_object())
        flow.parameterSchema = toJsonText(schema);
    return flow;
}

Result<InspectedFlow> readReport(const InspectRequest &request, const Json &report)
{
    const Json &error = memberOf(report, "error");
    const bool onlyUnchosen = request.anyFlow && textOf(error, "kind") == "ambiguous";
    if (error.is_object() && !onlyUnchosen)
        return fail(reportedError(request, error));
    InspectedFlow inspected;
    inspected.pythonVersion = stringOf(report, "python");
    inspected.prefectVersion = stringOf(report, "prefect");
    for (const Json &flow : memberOf(report, "flows"))
        inspected.flows += flowOf(flow);
    for (const Json &note : memberOf(report, "notes"))
        inspected.notes += toDisplay(note);
    const Json &chosen = memberOf(report, "chosen");
    inspected.chosen = chosen.is_number_integer() ? chosen.get<int>() : -1;
    if (inspected.chosen >= inspected.flows.size())
        inspected.chosen = -1;
    return inspected;
}

Result<InspectedFlow> inspectNow(const InspectRequest &request)
{
    if (!QFileInfo(request.file).isFile())
        return fail(errorAt(request, ErrorKind::NotFound, QStringLiteral("There is no file %1.").arg(request.file)));
    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail(ErrorKind::Storage, QStringLiteral("No temporary folder: %1.").arg(folder.errorString()));
    const QString out = folder.filePath(QStringLiteral("report.json"));
    Command command{.program = request.python,
        .arguments = {request.bridge, QStringLiteral("inspect"), QStringLiteral("--out"), out, request.file},
        .environment = request.environment,
        .folder = QFileInfo(request.file).absolutePath(),
        .timeoutMs = request.timeoutMs};
    if (!request.flowName.isEmpty())
        command.arguments += {QStringLiteral("--flow"), request.flowName};
    const auto ended = runCommand(command);
    if (!ended && ended.error().kind == ErrorKind::Timeout) {
        return fail(errorAt(request, ErrorKind::Timeout,
            QStringLiteral("%1 did not finish loading within %2 seconds; a flow file must not run its flows by itself.")
                .arg(QFileInfo(request.file).fileName())
                .arg((request.timeoutMs + 999) / 1000)));
    }
    if (!ended)
        return fail(ended.error());
    QFile file(out);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestReport)
        return fail(withoutReport(request, *ended));
    const auto report = parseJson(file.readAll());
    if (!report || !report->is_object())
        return fail(withoutReport(request, *ended));
    return readReport(request, *report);
}

QThreadPool &inspectionPool()
{
    static QThreadPool pool;
    static const bool limited = [] {
        constexpr int kAtOnce = 4;
        pool.setMaxThreadCount(kAtOnce);
        return true;
    }();
    Q_UNUSED(limited)
    return pool;
}

} // namespace

QCoro::Task<Result<InspectedFlow>> inspectFlow(InspectRequest request)
{
    auto inspecting = QtConcurrent::run(&inspectionPool(), [request] { return inspectNow(request); });
    co_return co_await inspecting;
}

} // namespace fd
