// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/cancelrun.h"

#include "models/workspace/workspace.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/runs/runtext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {

namespace {

constexpr int kQuestionWidth = 520;

QString consequence(StateType state)
{
    if (state == StateType::Scheduled)
        return CancelRunDialog::tr("It has not started. It ends as Cancelled at once.");
    return CancelRunDialog::tr("Its process is asked to stop, and is ended when it does not. "
                               "What the run has done so far stays done.");
}

TextLabel *wrapped(const QString &text, Tone tone, QWidget *parent)
{
    auto *label = new TextLabel(text, TextRole::Body, tone, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

CancelRunDialog::CancelRunDialog(const RunToCancel &run, const QString &workspace, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Cancel run"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);

    auto *question
        = new ElidedLabel(tr("Cancel %1?").arg(run.name), TextRole::ObjectTitle, Tone::Text, Qt::ElideMiddle, this);
    const QString where
        = tr("%1, workspace %2").arg(runtext::deploymentPath(run.flowName, run.deploymentName), workspace);
    auto *place = new ElidedLabel(where, TextRole::Quiet, Tone::Text2, Qt::ElideMiddle, this);
    auto *keep = pushButton(tr("Keep running"), ButtonRole::Plain, {}, this);
    auto *cancel = pushButton(tr("Cancel 1 run"), ButtonRole::Destructive, {}, this);
    cancel->setAutoDefault(false);
    keep->setDefault(true);
    keep->setFocus();
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(cancel, &QPushButton::clicked, this, &QDialog::accept);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGap);
    buttons->addStretch();
    buttons->addWidget(keep);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(question);
    layout->addWidget(place);
    layout->addSpacing(metrics::kStep);
    layout->addWidget(wrapped(consequence(run.state), Tone::Text, this));
    layout->addSpacing(metrics::kGap);
    layout->addLayout(buttons);
    setFixedWidth(kQuestionWidth);
}

RunCanceller::RunCanceller(Workspace &workspace, QWidget *owner)
    : QObject(owner), m_workspace(workspace), m_owner(owner)
{
}

QString RunCanceller::refusal() const
{
    const Capabilities can = m_workspace.capabilities();
    if (can.canCancelRuns)
        return {};
    return can.reason.isEmpty() ? tr("Runs cannot be cancelled in this workspace.") : can.reason;
}

void RunCanceller::ask(const RunToCancel &run)
{
    if (m_question && m_question->isVisible()) {
        m_question->raise();
        m_question->activateWindow();
        return;
    }
    m_question = new CancelRunDialog(run, m_workspace.name(), m_owner->window());
    connect(m_question, &QDialog::accepted, this, [this, run] { cancel(run); });
    m_question->open();
}

void RunCanceller::cancel(const RunToCancel &run)
{
    QCoro::connect(m_workspace.cancelRun(run.row), this,
        [this, name = run.name](const Result<void> &result) { report(name, result); });
}

void RunCanceller::report(const QString &name, const Result<void> &result)
{
    if (result)
        return;
    emit message({.notice = Notice::Broken,
        .title = tr("%1 was not cancelled").arg(name),
        .detail = format::error(result.error()),
        .actions = {},
        .shownAt = {}});
}

} // namespace fd
