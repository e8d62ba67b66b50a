// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymentactions.h"

namespace fd {
namespace {

struct Spec {
    DeploymentActions::Id id;
    QString text;
    QString tip;
    QKeySequence keys;
    /// Set when a menu first shows it.
    const char *icon;
};

QList<Spec> specs()
{
    using A = DeploymentActions;
    return {
        {A::Open, A::tr("&Open"), A::tr("Shows the deployment in the inspector"), {}, ""},
        {A::OpenNewWindow, A::tr("Open in &new window"), A::tr("Shows the deployment in a second window"), {}, ""},
        {A::QuickRun, A::tr("&Quick Run"), A::tr("Starts a run with the deployment's own parameters"),
            QKeySequence(A::tr("Ctrl+R")), "media-playback-start"},
        {A::OpenLastRun, A::tr("Open &last run"), A::tr("Goes to the newest run of the deployment"), {}, ""},
        {A::AllRuns, A::tr("&All runs"), A::tr("Lists the runs of the deployment"), {}, "appointment-new"},
        {A::CopyRows, A::tr("&Copy"), A::tr("Copies the selected rows as text"), QKeySequence::Copy, "edit-copy"},
        {A::CopyName, A::tr("Copy &name"), A::tr("Copies flow and deployment name"), {}, ""},
        {A::CopyId, A::tr("Copy &ID"), A::tr("Copies the deployment's ID"), {}, ""},
        {A::Delete, A::tr("&Delete…"), A::tr("Deletes the selected deployments, after asking"),
            QKeySequence(Qt::Key_Delete), "edit-delete"},
        {A::SelectAll, A::tr("Select &all"), A::tr("Selects every deployment of the list"), QKeySequence::SelectAll,
            "edit-select-all"},
        {A::Find, A::tr("&Find"), A::tr("Goes to the search field"), QKeySequence::Find, "edit-find"},
        {A::AddFilter, A::tr("Add f&ilter…"), A::tr("Filters by tag or by the latest run's state"),
            QKeySequence(A::tr("Ctrl+Shift+F")), "view-filter"},
        {A::ClearFilters, A::tr("Clear fil&ters"), A::tr("Clears the search and all filters"),
            QKeySequence(A::tr("Ctrl+Shift+Backspace")), "edit-clear-all"},
        {A::CompactRows, A::tr("&Compact rows"), A::tr("One line a row instead of two"), {}, ""},
    };
}

} // namespace

DeploymentActions::DeploymentActions(QObject *parent) : QObject(parent)
{
    for (const Spec &spec : specs()) {
        auto *action = new QAction(spec.text, this);
        action->setShortcut(spec.keys);
        action->setStatusTip(spec.tip);
        action->setProperty("fd-icon", QString::fromLatin1(spec.icon));
        m_actions.at(spec.id) = action;
        m_tips.at(spec.id) = spec.tip;
    }
    at(CompactRows)->setCheckable(true);
    // Keys that a field or a chip has a meaning of its own for belong to the list alone.
    for (const Id id : {CopyRows, SelectAll, Delete})
        at(id)->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

QList<QAction *> DeploymentActions::menu(MenuId menu) const
{
    switch (menu) {
    case MenuId::Edit:
        return {at(CopyRows), at(SelectAll), nullptr, at(Find), at(AddFilter), at(ClearFilters)};
    case MenuId::View:
        return {at(CompactRows)};
    case MenuId::Deployment:
        return {
            at(Open), at(OpenNewWindow), nullptr, at(QuickRun), nullptr, at(CopyName), at(CopyId), nullptr, at(Delete)};
    case MenuId::Run:
        return {at(OpenLastRun), at(AllRuns)};
    default:
        return {};
    }
}

QList<QAction *> DeploymentActions::contextMenu() const
{
    return {at(Open), at(OpenNewWindow), nullptr, at(QuickRun), at(OpenLastRun), at(AllRuns), nullptr, at(CopyName),
        at(CopyId), nullptr, at(Delete)};
}

void DeploymentActions::setReason(Id id, const QString &reason)
{
    QAction *action = at(id);
    action->setEnabled(reason.isEmpty());
    action->setStatusTip(reason.isEmpty() ? m_tips.at(id) : reason);
}

} // namespace fd
