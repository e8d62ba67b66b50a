// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logfinder.h"

#include "views/common/format.h"
#include "views/runs/logdelegate.h"
#include "views/runs/logview.h"

namespace fd {

LogFinder::LogFinder(LogView *view) : QObject(view), m_view(view)
{
    connect(view->lines(), &LogListModel::matchesChanged, this, &LogFinder::onMatchesChanged);
    connect(view, &LogView::currentLineChanged, this, &LogFinder::changed);
}

void LogFinder::setSearch(const LogSearch &search)
{
    if (search == m_search)
        return;
    m_search = search;
    m_jump = !search.isEmpty();
    m_view->delegate()->setSearch(search);
    m_view->lines()->search(search.problem().isEmpty() ? search : LogSearch());
    emit changed();
}

int LogFinder::firstRow() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? current.row() : std::max(0, m_view->rowAt(0));
}

void LogFinder::onMatchesChanged()
{
    const std::vector<int> &rows = m_view->lines()->matches();
    if (std::exchange(m_jump, false) && !rows.empty()) {
        const auto found = std::lower_bound(rows.begin(), rows.end(), firstRow());
        m_view->goTo(found == rows.end() ? rows.front() : *found);
    }
    emit changed();
}

void LogFinder::next()
{
    const std::vector<int> &rows = m_view->lines()->matches();
    if (rows.empty())
        return;
    const auto found = std::upper_bound(rows.begin(), rows.end(), firstRow());
    m_view->goTo(found == rows.end() ? rows.front() : *found);
}

void LogFinder::previous()
{
    const std::vector<int> &rows = m_view->lines()->matches();
    if (rows.empty())
        return;
    const auto found = std::lower_bound(rows.begin(), rows.end(), firstRow());
    m_view->goTo(found == rows.begin() ? rows.back() : *std::prev(found));
}

QString LogFinder::summary() const
{
    if (m_search.isEmpty())
        return {};
    if (!m_search.problem().isEmpty())
        return tr("not valid");
    const std::vector<int> &rows = m_view->lines()->matches();
    if (rows.empty())
        return tr("none");
    const int current = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1;
    const auto found = std::lower_bound(rows.begin(), rows.end(), current);
    const auto total = static_cast<qint64>(rows.size());
    if (found == rows.end() || *found != current)
        return tr("%1 found").arg(format::count(total));
    return tr("%1 of %2").arg(format::count(found - rows.begin() + 1), format::count(total));
}

} // namespace fd
