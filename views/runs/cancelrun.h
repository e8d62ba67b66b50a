// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/flowrun.h"
#include "views/common/message.h"

#include <QDialog>
#include <QPointer>

namespace fd {

class Workspace;

/// The run that somebody wants to cancel, with what the question names.
struct RunToCancel {
    RowId row = 0;
    QString name;
    QString flowName;
    QString deploymentName;
    StateType state = StateType::Running;
};

/// "Cancel brave-otter?" with what follows from it. Keeping the run has the focus.
class CancelRunDialog : public QDialog
{
    Q_OBJECT
public:
    CancelRunDialog(const RunToCancel &run, const QString &workspace, QWidget *parent);
};

/// Asks once, then cancels through the workspace, and tells when that failed.
class RunCanceller : public QObject
{
    Q_OBJECT
public:
    /// Questions are modal to the window of `owner`.
    RunCanceller(Workspace &workspace, QWidget *owner);

    /// Asks about a run; while a question is open, another call only raises it.
    void ask(const RunToCancel &run);
    /// Why runs cannot be cancelled here; empty when they can.
    [[nodiscard]] QString refusal() const;

signals:
    /// What the user should be told.
    void message(const fd::Message &message);

private:
    void cancel(const RunToCancel &run);
    void report(const QString &name, const Result<void> &result);

    Workspace &m_workspace;
    QWidget *m_owner;
    QPointer<CancelRunDialog> m_question;
};

} // namespace fd
