// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/palettesource.h"

#include "models/items/finder.h"
#include "models/workspace/openworkspaces.h"
#include "models/workspace/workspacebook.h"

#include <QAction>
#include <QCoroFuture>
#include <QCoroTask>

namespace fd {
namespace {

constexpr int kMostDeployments = 12;
constexpr int kMostOfOthers = 5;
constexpr int kMostCommands = 12;

QString tr(const char *text) { return QCoreApplication::translate("fd::CommandPalette", text); }

bool fits(const QString &text, const QStringList &words)
{
    return std::all_of(
        words.begin(), words.end(), [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

QList<PaletteItem> commands(const PaletteContext &context, const QStringList &words)
{
    QList<PaletteItem> items;
    for (const ActionGroup &group : context.actions) {
        for (QAction *action : group.actions) {
            const QString text = QString(action->text()).remove(u'&');
            const QString menu = QString(group.title).remove(u'&');
            if (!action->isEnabled() || !fits(menu + u' ' + text, words) || items.size() >= kMostCommands)
                continue;
            items += PaletteItem{.group = tr("Commands"),
                .iconName = action->property("fd-icon").toString(),
                .title = text,
                .detail = menu,
                .keys = action->shortcut().toString(QKeySequence::NativeText),
                .act = [action = QPointer(action)](bool) {
                    if (action != nullptr)
                        action->trigger();
                }};
        }
    }
    return items;
}

QList<PaletteItem> workspaces(const PaletteContext &context, const QStringList &words)
{
    QList<PaletteItem> items;
    if (context.book == nullptr)
        return items;
    for (const WorkspaceEntry &entry : context.book->entries()) {
        if (entry.id == context.entryId || !fits(entry.name, words))
            continue;
        items += PaletteItem{.group = tr("Workspaces"),
            .iconName = entry.isServer ? QStringLiteral("network-server") : QStringLiteral("server-database"),
            .title = entry.name,
            .detail = entry.isServer ? entry.connection.apiUrl.toDisplayString() : tr("local file"),
            .keys = {},
            .act = [go = context.go, id = entry.id](bool newWindow) { go(id, {}, newWindow); }};
    }
    return items;
}

/// This window's workspace, then the other open ones with their names.
struct Place {
    QString entryId;
    QString name;
    Store *store = nullptr;
    bool isOwn = false;
};

QList<Place> places(const PaletteContext &context)
{
    QList<Place> all{{context.entryId, {}, &context.workspace->store(), true}};
    if (context.book == nullptr || context.open == nullptr)
        return all;
    for (const WorkspaceEntry &entry : context.book->entries()) {
        Workspace *workspace = context.open->workspace(entry.id);
        if (workspace != nullptr && workspace != context.workspace)
            all += Place{entry.id, entry.name, &workspace->store(), false};
    }
    return all;
}

QList<PaletteItem> deploymentItems(
    const PaletteContext &context, const Place &place, const std::vector<DeploymentRow> &rows)
{
    QList<PaletteItem> items;
    for (const DeploymentRow &row : rows) {
        const Destination destination{.kind = Destination::Kind::Deployment, .id = row.row};
        items += PaletteItem{.group = place.isOwn ? tr("Go to") : tr("In other workspaces"),
            .iconName = QStringLiteral("view-list-details"),
            .title = QStringLiteral("%1 / %2").arg(row.flowName, row.name),
            .detail = place.isOwn ? tr("Deployment") : tr("Deployment in %1").arg(place.name),
            .keys = {},
            .act
            = [go = context.go, id = place.entryId, destination](bool newWindow) { go(id, destination, newWindow); }};
    }
    return items;
}

QCoro::Task<void> searchDeployments(
    PaletteContext context, QString text, QList<PaletteItem> others, std::function<void(QList<PaletteItem>)> show)
{
    // Stores outlive the search: workspaces are closed only when the program ends.
    QList<PaletteItem> own;
    QList<PaletteItem> foreign;
    for (const Place &place : places(context)) {
        auto finding = findDeployments(*place.store, text, place.isOwn ? kMostDeployments : kMostOfOthers);
        const Result<std::vector<DeploymentRow>> found = co_await finding;
        if (!found)
            continue;
        (place.isOwn ? own : foreign) += deploymentItems(context, place, *found);
        show(own + others + foreign);
    }
}

PaletteItem linkItem(const PaletteContext &context, const LinkTarget &target)
{
    const bool isRun = target.destination.kind == Destination::Kind::Run;
    return {.group = tr("Go to"),
        .iconName = isRun ? QStringLiteral("view-history") : QStringLiteral("view-list-details"),
        .title = isRun ? tr("The run of this link") : tr("The deployment of this link"),
        .detail = target.entryId == context.entryId ? QString() : tr("in another workspace"),
        .keys = {},
        .act = [go = context.go, target](bool newWindow) { go(target.entryId, target.destination, newWindow); }};
}

} // namespace

std::optional<LinkTarget> findLink(const DeepLink &link, const PaletteContext &context)
{
    for (const Place &place : places(context)) {
        const auto found = findObject(*place.store, link);
        if (!found)
            continue;
        const bool isRun = found->kind == DeepLink::Kind::FlowRun;
        return LinkTarget{.entryId = place.entryId,
            .destination = {.kind = isRun ? Destination::Kind::Run : Destination::Kind::Deployment, .id = found->row}};
    }
    return std::nullopt;
}

PaletteSource paletteSource(PaletteContext context)
{
    return [context = std::move(context)](const QString &text, const std::function<void(QList<PaletteItem>)> &show) {
        if (const auto link = deepLinkFromText(text)) {
            const auto target = findLink(*link, context);
            show(target ? QList<PaletteItem>{linkItem(context, *target)} : QList<PaletteItem>());
            return;
        }
        const bool onlyCommands = text.startsWith(u'>');
        const bool onlyWorkspaces = text.startsWith(u'@');
        const QString rest = onlyCommands || onlyWorkspaces ? text.mid(1) : text;
        const QStringList words = rest.split(u' ', Qt::SkipEmptyParts);
        QList<PaletteItem> known;
        if (!onlyWorkspaces)
            known += commands(context, words);
        if (!onlyCommands)
            known += workspaces(context, words);
        show(known);
        if (!onlyCommands && !onlyWorkspaces && !words.isEmpty())
            searchDeployments(context, rest, known, show);
    };
}

} // namespace fd
