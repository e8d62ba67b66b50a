// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/interpreter.h"

#include "models/core/json.h"
#include "models/engine/capturedcommand.h"
#include "models/engine/condaenvironment.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QVersionNumber>

#include <mutex>

namespace fd {
namespace {

const QVersionNumber kOldest(3, 8);

struct RunnerChoice {
    QString virtualenv;
    QString condaenv;
    QMap<QString, QString> variables;
};

RunnerChoice choiceOf(const FlowRunner &runner)
{
    RunnerChoice choice;
    const auto config = parseJson(runner.config);
    if (!config)
        return choice;
    choice.virtualenv = toQString(textOf(*config, "virtualenv"));
    choice.condaenv = toQString(textOf(*config, "condaenv"));
    if (const Json &variables = memberOf(*config, "env"); variables.is_object()) {
        for (const auto &[name, value] : variables.items())
            choice.variables.insert(toQString(name), toDisplay(value));
    }
    return choice;
}

QString expanded(const QString &path, const QString &home)
{
    return QDir::cleanPath(path.startsWith(u'~') ? home + path.mid(1) : path);
}

/// Scripts that only choose an interpreter (pyenv, asdf) cost a hundred milliseconds at each start.
bool isRealProgram(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isExecutable() && file.open(QIODevice::ReadOnly)
        && file.read(4)
        == "\x7f"
           "ELF";
}

/// The interpreter that pyenv's shim would choose, without its shell scripts; empty when it has none.
QString behindPyenv(const QString &shims)
{
    const QDir root(QFileInfo(shims).path());
    QStringList versions = qEnvironmentVariable("PYENV_VERSION").split(u':', Qt::SkipEmptyParts);
    QFile chosen(root.filePath(QStringLiteral("version")));
    if (versions.isEmpty() && chosen.open(QIODevice::ReadOnly))
        versions = QString::fromUtf8(chosen.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &version : versions) {
        const QString python = root.filePath(QStringLiteral("versions/%1/bin/python3").arg(version.trimmed()));
        if (isRealProgram(python))
            return python;
    }
    return {};
}

/// Every interpreter that a plain "python3" could mean, best first.
QStringList candidates(const InterpreterSearch &search)
{
    QStringList found;
    for (const QString &folder : search.path) {
        if (folder.endsWith(QLatin1String("/shims"))) {
            found += behindPyenv(folder);
            continue;
        }
        for (const char *name : {"python3", "python"}) {
            const QString path = QDir(folder).filePath(QLatin1String(name));
            if (isRealProgram(path))
                found += path;
        }
    }
    found.removeAll(QString());
    return found;
}

/// Asks an interpreter for its version, once per file.
Result<QString> versionOf(const QString &python)
{
    static std::mutex mutex;
    static QHash<QString, QString> known;
    const QFileInfo file(python);
    const QString key
        = QStringLiteral("%1|%2|%3").arg(python).arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch());
    {
        const std::lock_guard lock(mutex);
        if (const auto version = known.constFind(key); version != known.cend())
            return *version;
    }
    const auto answer = runCommand({.program = python,
        .arguments = {QStringLiteral("-S"), QStringLiteral("-E"), QStringLiteral("-c"),
            QStringLiteral("import sys; print('%d.%d.%d' % sys.version_info[:3])")},
        .folder = {}});
    if (!answer)
        return fail(answer.error());
    const QString version = QString::fromLatin1(answer->output).trimmed();
    if (answer->exitCode != 0 || QVersionNumber::fromString(version).segmentCount() < 3)
        return fail(ErrorKind::Validation, QStringLiteral("%1 does not work as a Python interpreter.").arg(python));
    const std::lock_guard lock(mutex);
    known.insert(key, version);
    return version;
}

Result<Interpreter> tried(const QString &python)
{
    FD_TRY_ASSIGN(version, versionOf(python));
    if (QVersionNumber::fromString(version) < kOldest) {
        return fail(ErrorKind::Validation,
            QStringLiteral("%1 is Python %2; flows need Python 3.8 or newer. Choose a newer interpreter.")
                .arg(python, version));
    }
    return Interpreter{.program = python, .version = version, .virtualenv = {}, .condaenv = {}};
}

Result<Interpreter> inVirtualenv(const QString &folder)
{
    const QString python = folder + QStringLiteral("/bin/python");
    if (!QFileInfo(python).isExecutable()) {
        return fail(ErrorKind::NotFound,
            QStringLiteral("The virtual environment %1 has no bin/python. Create it with \"python3 -m venv %1\", or "
                           "correct \"virtualenv\".")
                .arg(folder));
    }
    FD_TRY_ASSIGN(interpreter, tried(python));
    interpreter.virtualenv = folder;
    return interpreter;
}

Result<Interpreter> inCondaenv(const QString &condaenv, const InterpreterSearch &search)
{
    FD_TRY_ASSIGN(folder, findCondaEnvironment(condaenv, search.path, search.home));
    FD_TRY_ASSIGN(interpreter, tried(folder + QStringLiteral("/bin/python")));
    interpreter.condaenv = folder;
    return interpreter;
}

Result<Interpreter> ofWorkspace(const InterpreterSearch &search)
{
    const QString python = expanded(search.workspacePython, search.home);
    if (!QFileInfo(python).isExecutable()) {
        return fail(ErrorKind::NotFound,
            QStringLiteral("The workspace's Python interpreter %1 is missing or not executable. Choose another one.")
                .arg(python));
    }
    return tried(python);
}

Result<Interpreter> firstFound(const InterpreterSearch &search)
{
    QStringList problems;
    for (const QString &python : candidates(search)) {
        auto interpreter = tried(python);
        if (interpreter)
            return interpreter;
        problems += interpreter.error().detail;
    }
    if (problems.isEmpty()) {
        problems += QStringLiteral("No python3 was found in %1.").arg(search.path.join(QStringLiteral(", ")));
    }
    return fail(ErrorKind::NotFound,
        problems.join(u' ')
            + QStringLiteral(" Install Python 3.8 or newer (\"apt install python3\"), or choose an "
                             "interpreter for this workspace."));
}

} // namespace

InterpreterSearch InterpreterSearch::system(const QString &workspacePython)
{
    QStringList path = qEnvironmentVariable("PATH").split(u':', Qt::SkipEmptyParts);
    path += QStringLiteral("/usr/bin");
    path.removeDuplicates();
    return {.workspacePython = workspacePython, .path = path, .home = QDir::homePath()};
}

Result<Interpreter> findInterpreter(const FlowRunner &runner, const InterpreterSearch &search)
{
    const RunnerChoice choice = choiceOf(runner);
    if (!choice.virtualenv.isEmpty() && !choice.condaenv.isEmpty()) {
        return fail(ErrorKind::Validation,
            QStringLiteral("The flow runner names a virtualenv and a condaenv; it can have only one of them."));
    }
    if (!choice.virtualenv.isEmpty())
        return inVirtualenv(expanded(choice.virtualenv, search.home));
    if (!choice.condaenv.isEmpty())
        return inCondaenv(choice.condaenv, search);
    return search.workspacePython.isEmpty() ? firstFound(search) : ofWorkspace(search);
}

QProcessEnvironment Interpreter::environment(QProcessEnvironment base, const FlowRunner &runner) const
{
    const QString prefix = virtualenv.isEmpty() ? condaenv : virtualenv;
    if (!prefix.isEmpty()) {
        base.insert(QStringLiteral("PATH"), prefix + QStringLiteral("/bin:") + base.value(QStringLiteral("PATH")));
        base.remove(QStringLiteral("PYTHONHOME"));
    }
    if (!virtualenv.isEmpty())
        base.insert(QStringLiteral("VIRTUAL_ENV"), virtualenv);
    if (!condaenv.isEmpty()) {
        base.insert(QStringLiteral("CONDA_PREFIX"), condaenv);
        base.insert(QStringLiteral("CONDA_DEFAULT_ENV"), QFileInfo(condaenv).fileName());
    }
    for (const auto &[name, value] : choiceOf(runner).variables.asKeyValueRange())
        base.insert(name, value);
    return base;
}

} // namespace fd
