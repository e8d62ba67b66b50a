// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymentremover.h"

#include "models/workspace/workspace.h"
#include "views/common/format.h"
#include "views/common/questiondialog.h"
#include "views/deployments/deploymenttext.h"

#include <memory>

namespace fd {
namespace {

constexpr qsizetype kTypeNumberOver = 10;

} // namespace

DeploymentRemover::DeploymentRemover(Workspace &workspace, QWidget *parent)
    : QObject(parent), m_workspace(workspace), m_parent(parent)
{
}

void DeploymentRemover::ask(const QList<RowId> &ids, const QStringList &names)
{
    if (ids.isEmpty())
        return;
    const bool one = ids.size() == 1;
    Question question;
    question.title = one ? tr("Delete this deployment?") : tr("Delete %1 deployments?").arg(format::count(ids.size()));
    question.objects = names;
    question.paragraphs = {tr("From %1. Runs that wait to start are deleted too; other runs and their logs stay.")
                               .arg(m_workspace.name().left(200).simplified()),
        tr("Flow files and specs on disk are not touched. It cannot be undone.")};
    question.button = one ? tr("Delete deployment") : tr("Delete %1 deployments").arg(format::count(ids.size()));
    question.role = ButtonRole::Destructive;
    question.numberToType = ids.size() > kTypeNumberOver ? static_cast<int>(ids.size()) : 0;
    auto *dialog = new QuestionDialog(question, m_parent);
    connect(dialog, &QDialog::accepted, this, [this, ids, names] { remove(ids, names); });
    dialog->open();
}

void DeploymentRemover::remove(const QList<RowId> &ids, const QStringList &names)
{
    const auto batch = std::make_shared<Batch>();
    batch->names = names;
    batch->waiting = ids.size();
    for (const RowId id : ids) {
        QCoro::connect(m_workspace.deleteDeployment(id), this, [this, batch](const Result<void> &result) {
            if (result)
                ++batch->removed;
            else if (batch->firstError.isEmpty())
                batch->firstError = result.error().detail;
            if (--batch->waiting == 0)
                tell(*batch);
        });
    }
}

void DeploymentRemover::tell(const Batch &batch)
{
    const qsizetype failed = batch.names.size() - batch.removed;
    const bool one = batch.names.size() == 1;
    if (batch.removed > 0)
        emit message(plainMessage(Notice::Done,
            one                      ? tr("%1 was deleted").arg(batch.names.constFirst())
                : batch.removed == 1 ? tr("1 deployment was deleted")
                                     : tr("%1 deployments were deleted").arg(format::count(batch.removed))));
    if (failed > 0)
        emit message(plainMessage(Notice::Broken,
            one               ? tr("%1 was not deleted").arg(batch.names.constFirst())
                : failed == 1 ? tr("1 deployment was not deleted")
                              : tr("%1 deployments were not deleted").arg(format::count(failed)),
            batch.firstError));
}

} // namespace fd
