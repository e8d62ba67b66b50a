// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/deployment.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace fd {

/// A Python interpreter that was found and tried.
struct Interpreter {
    /// Absolute path of the program; a virtual environment's link is not followed.
    QString program;
    /// "3.11.2".
    QString version;
    /// Prefix of the virtual or conda environment it belongs to by the runner's choice; empty otherwise.
    QString virtualenv;
    QString condaenv;

    /// `base` as this interpreter wants it, with the runner's own variables on top. A virtual environment is
    /// set up as Prefect Orion's subprocess runner does: PATH prepended, VIRTUAL_ENV set, PYTHONHOME dropped.
    [[nodiscard]] QProcessEnvironment environment(QProcessEnvironment base, const FlowRunner &runner) const;
};

/// Where Python is looked for, so that tests can say it.
struct InterpreterSearch {
    /// The workspace's own choice (setting "engine.python"); empty means: find one.
    QString workspacePython;
    /// Folders to search in order, as in PATH; pyenv's shims among them are followed to real interpreters.
    QStringList path;
    /// Home folder, for "~".
    QString home;

    /// As this process's environment says.
    [[nodiscard]] static InterpreterSearch system(const QString &workspacePython);
};

/// The interpreter of a runner: its virtualenv or condaenv, else the workspace's, else the first one found.
/// Blocks for a few milliseconds at first sight of an interpreter (afterwards the answer is remembered until the
/// file changes): not for the GUI thread.
/// Errors: NotFound (what was looked for and what to do), Validation (older than 3.8, both environments given).
[[nodiscard]] Result<Interpreter> findInterpreter(const FlowRunner &runner, const InterpreterSearch &search);

} // namespace fd
