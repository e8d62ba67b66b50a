// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/runlaunch.h"

#include "models/core/json.h"
#include "models/engine/interpreter.h"
#include "models/engine/spawn.h"
#include "models/engine/spool.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <sys/stat.h>

namespace fd {
namespace {

Result<void> makePrivateFolder(const QString &path)
{
    if (mkdir(QFile::encodeName(path).constData(), S_IRWXU) == 0 || errno == EEXIST)
        return {};
    return fail(ErrorKind::Storage, QStringLiteral("Could not make the folder %1: %2.").arg(path, systemReason(errno)));
}

Result<void> writePrivateFile(const QString &path, const QByteArray &content)
{
    // Not synced to the disk, which may take longer than Python's start: after a crash it is written again.
    QFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(content) == content.size() && file.flush();
    if (written)
        return {};
    return fail(ErrorKind::Storage, QStringLiteral("Could not write %1: %2.").arg(path, file.errorString()));
}

QByteArray bridgeRequest(const LaunchRequest &request)
{
    Json json = Json::object();
    json["path"] = toJson(request.deployment.path);
    json["flow_name"] = request.deployment.entrypoint.isEmpty() ? Json() : toJson(request.deployment.entrypoint);
    json["parameters"] = parseJson(request.run.parameters).value_or(Json::object());
    json["flow_run_id"] = toJson(request.run.id.toText());
    json["flow_run_name"] = toJson(request.run.name);
    json["log_level"] = "INFO";
    return toJsonText(json);
}

QByteArray launchDetails(const Interpreter &interpreter, const QStringList &command, const QString &folder)
{
    Json json = Json::object();
    json["interpreter"] = toJson(interpreter.program);
    json["python_version"] = toJson(interpreter.version);
    json["command"] = Json::array();
    for (const QString &part : command)
        json["command"].push_back(toJson(part));
    json["working_folder"] = toJson(folder);
    return toJsonText(json);
}

} // namespace

bool keepsOutput(const FlowRunner &runner)
{
    const auto config = parseJson(runner.config);
    return !config || boolOf(*config, "stream_output", true);
}

Result<Launch> prepareLaunch(const LaunchRequest &request)
{
    const QFileInfo flow(request.deployment.path);
    if (!flow.isFile()) {
        return fail(Error{.kind = ErrorKind::NotFound,
            .detail = QStringLiteral("Flow could not be retrieved from deployment: there is no file %1.")
                          .arg(request.deployment.path),
            .field = QStringLiteral("path"),
            .file = request.deployment.path});
    }
    FD_TRY_ASSIGN(
        interpreter, findInterpreter(request.deployment.runner, InterpreterSearch::system(request.workspacePython)));
    const QString requestFile = request.folder + QStringLiteral("/request.json");
    FD_TRY(makePrivateFolder(request.folder));
    FD_TRY(writePrivateFile(requestFile, bridgeRequest(request)));
    const QStringList command = {interpreter.program, request.bridgePath, QStringLiteral("run"), QStringLiteral("--fd"),
        QStringLiteral("3"), requestFile};
    Launch launch;
    launch.program = request.supervisorPath;
    launch.arguments = QStringList{spoolPath(request.folder, request.attempt), QString::number(request.graceSeconds),
                           QStringLiteral("--")}
        + command;
    launch.environment = interpreter.environment(QProcessEnvironment::systemEnvironment(), request.deployment.runner);
    launch.environment.insert(kRunMark, request.run.id.toText());
    launch.folder = flow.absolutePath();
    launch.details = launchDetails(interpreter, command, launch.folder);
    return launch;
}

} // namespace fd
