// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/quickrunner.h"

#include "models/domain/parameters.h"
#include "models/items/watchers.h"
#include "views/common/format.h"
#include "views/deployments/deploymenttext.h"
#include "views/deployments/parametersdialog.h"

#include <QApplication>
#include <QPointer>
#include <QTimer>

namespace fd {
namespace {

constexpr int kStillWaitingMs = 3000;

} // namespace

QuickRunner::QuickRunner(Workspace &workspace, Clock clock, QWidget *parent)
    : QObject(parent), m_workspace(workspace), m_clock(std::move(clock)), m_parent(parent)
{
}

void QuickRunner::run(RowId deployment)
{
    if (const auto click = m_clicks.constFind(deployment); click != m_clicks.constEnd()) {
        saySecondClick(*click);
        return;
    }
    if (!m_workspace.capabilities().canRun) {
        emit message(plainMessage(Notice::Look, tr("Nothing was started"), m_workspace.capabilities().reason));
        return;
    }
    DeploymentWatcher watcher(m_workspace.store());
    watcher.watch(deployment);
    if (!watcher.deployment()) {
        emit message(
            plainMessage(Notice::Look, tr("Nothing was started"), tr("The deployment is not there any more.")));
        return;
    }
    const Deployment &value = *watcher.deployment();
    if (missingParameters(value.parameterSchema, value.parameters).isEmpty())
        send(value, "{}", makeIdempotencyKey(), nullptr);
    else
        ask(value);
}

void QuickRunner::ask(const Deployment &deployment)
{
    auto *dialog = new ParametersDialog(deployment, m_parent);
    connect(dialog, &ParametersDialog::submitted, this, [this, dialog, deployment](const QByteArray &overlay) {
        if (isBusy(deployment.row))
            return;
        // An attempt with the same values is the same run; other values make another one.
        if (dialog->property("overlay").toByteArray() != overlay) {
            dialog->setProperty("overlay", overlay);
            dialog->setProperty("key", makeIdempotencyKey());
        }
        dialog->setWaiting(true);
        send(deployment, overlay, dialog->property("key").toString(), dialog);
    });
    dialog->open();
}

void QuickRunner::send(
    const Deployment &deployment, const QByteArray &overlay, const QString &key, ParametersDialog *dialog)
{
    const RowId row = deployment.row;
    m_clicks.insert(row, Click{.key = key, .name = oneLine(deployment.name)});
    emit busyChanged(row);
    QTimer::singleShot(QApplication::doubleClickInterval(), this, [this, row, key] {
        const auto click = m_clicks.find(row);
        if (click == m_clicks.end() || click->key != key)
            return;
        click->settled = true;
        if (click->answered)
            forget(row);
    });
    QTimer::singleShot(kStillWaitingMs, this, [this, row, key] {
        const auto click = m_clicks.constFind(row);
        if (click != m_clicks.constEnd() && click->key == key && !click->answered)
            saySecondClick(*click);
    });
    RunRequest request{.idempotencyKey = key, .deployment = row, .parameters = overlay};
    QCoro::connect(m_workspace.startRun(std::move(request)), this,
        [this, deployment, key, dialog = QPointer(dialog)](
            Result<RunStarted> result) { answer(deployment, key, result, dialog); });
}

void QuickRunner::answer(
    const Deployment &deployment, const QString &key, const Result<RunStarted> &result, ParametersDialog *dialog)
{
    const auto click = m_clicks.find(deployment.row);
    if (click == m_clicks.end() || click->key != key)
        return;
    click->answered = true;
    if (result)
        click->runName = oneLine(result->name);
    if (click->settled || !result)
        forget(deployment.row);
    const QString place = tr("%1 / %2").arg(oneLine(deployment.flowName), oneLine(deployment.name));
    if (!result) {
        if (dialog != nullptr) {
            dialog->showError(result.error());
            return;
        }
        emit message(plainMessage(Notice::Broken, tr("%1 was not started").arg(oneLine(deployment.name)),
            result.error().detail.isEmpty() ? format::error(result.error()) : result.error().detail));
        return;
    }
    if (dialog != nullptr)
        dialog->accept();
    const QString text = result->alreadyThere ? tr("%1 had been started already, by this click") : tr("%1 was started");
    Message started = plainMessage(Notice::Done, text.arg(oneLine(result->name)),
        tr("%1 · sent once at %2").arg(place, format::clock(m_clock(), format::Seconds::Show)));
    started.actions += MessageAction{tr("Open"), [self = QPointer(this), run = result->run] {
                                         if (self)
                                             emit self->runRequested(run);
                                     }};
    emit message(started);
}

void QuickRunner::forget(RowId deployment)
{
    m_clicks.remove(deployment);
    emit busyChanged(deployment);
}

void QuickRunner::saySecondClick(const Click &click)
{
    if (click.answered) {
        emit message(plainMessage(
            Notice::Note, tr("%1 had been started already, by this click").arg(click.runName), click.name));
        return;
    }
    emit message(plainMessage(Notice::Look, tr("Still waiting for an answer"),
        tr("%1 was asked for once. A second click sends nothing new.").arg(click.name)));
}

} // namespace fd
