// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"
#include "views/common/message.h"

#include <QHash>
#include <QObject>

namespace fd {

class ParametersDialog;

/// Quick Run: makes the key at the click, asks for parameters only when a required one is missing, and sends once,
/// however often ▶ is clicked.
class QuickRunner : public QObject
{
    Q_OBJECT
public:
    /// Dialogs open over `parent`.
    QuickRunner(Workspace &workspace, Clock clock, QWidget *parent);

    /// Starts a run of the deployment. While it is unanswered another call only says so.
    void run(RowId deployment);
    /// A click of this deployment is unanswered.
    [[nodiscard]] bool isBusy(RowId deployment) const { return m_clicks.contains(deployment); }

signals:
    void busyChanged(fd::RowId deployment);
    void message(const fd::Message &message);
    /// The user wants to see a run.
    void runRequested(fd::RowId run);

private:
    /// A click that is not answered yet, or so new that a second click belongs to the same double click.
    struct Click {
        QString key = {};
        QString name = {};
        /// The run's name, once it is known.
        QString runName = {};
        bool answered = false;
        bool settled = false;
    };

    void ask(const Deployment &deployment);
    void send(const Deployment &deployment, const QByteArray &overlay, const QString &key, ParametersDialog *dialog);
    void answer(
        const Deployment &deployment, const QString &key, const Result<RunStarted> &result, ParametersDialog *dialog);
    void forget(RowId deployment);
    void saySecondClick(const Click &click);

    Workspace &m_workspace;
    Clock m_clock;
    QWidget *m_parent;
    QHash<RowId, Click> m_clicks;
};

} // namespace fd
