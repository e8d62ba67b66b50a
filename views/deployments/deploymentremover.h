// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "views/common/message.h"

#include <QObject>
#include <QStringList>

namespace fd {

class Workspace;

/// Deletes deployments after one question, and tells how it went.
class DeploymentRemover : public QObject
{
    Q_OBJECT
public:
    /// The question opens over `parent`.
    DeploymentRemover(Workspace &workspace, QWidget *parent);

    /// Asks about these; `names` stand beside them.
    void ask(const QList<RowId> &ids, const QStringList &names);

signals:
    void message(const fd::Message &message);

private:
    /// One answered question.
    struct Batch {
        QStringList names;
        qsizetype waiting = 0;
        qsizetype removed = 0;
        QString firstError;
    };

    void remove(const QList<RowId> &ids, const QStringList &names);
    void tell(const Batch &batch);

    Workspace &m_workspace;
    QWidget *m_parent;
};

} // namespace fd
