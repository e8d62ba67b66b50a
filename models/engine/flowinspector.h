// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QCoroTask>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <optional>

namespace fd {

/// Which flow file to look into, and with what.
struct InspectRequest {
    /// Absolute path of the interpreter, and the environment it runs in.
    QString python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QString bridge;
    /// Absolute path of the flow's file.
    QString file;
    /// The flow that is meant; empty means the only one.
    QString flowName;
    /// Take the file as it is: several flows without a name are no error, and `chosen` may stay -1.
    bool anyFlow = false;
    int timeoutMs = 20000;
};

/// A flow that a file defines.
struct FlowInFile {
    QString name;
    QString function;
    /// 1-based line of its definition; 0 when unknown.
    int line = 0;
    QString description;
    QString version;
    /// JSON schema of its parameters, compact.
    QByteArray parameterSchema;
    bool isAsync = false;
};

/// What a flow file defines.
struct InspectedFlow {
    QString pythonVersion;
    /// The real Prefect's version; empty when the stand-in was used.
    QString prefectVersion;
    QList<FlowInFile> flows;
    /// Index in `flows` of the one that was asked for.
    int chosen = -1;
    /// What is worth knowing about the file, in sentences.
    QStringList notes;
};

/// Imports a flow file in its own process and says which flows it defines. The process and what it started are
/// ended when it takes too long.
/// Errors carry the file and, when known, the line: NotFound (no such file, no such flow), Parse (syntax error),
/// Timeout, Validation (raises, exits, several flows and no name, no flow at all).
[[nodiscard]] QCoro::Task<Result<InspectedFlow>> inspectFlow(InspectRequest request);

} // namespace fd
