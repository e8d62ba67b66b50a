// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/domain/logsearch.h"
#include "views/common/rowdelegate.h"
#include "views/common/tableview.h"

#include <QHash>

namespace fd {

/// The columns of the log, as wide as the fixed font needs.
[[nodiscard]] QList<ColumnSpec> logColumns();

/// Paints log lines: fixed font, colour only from WARNING on, found text marked.
class LogDelegate : public RowDelegate
{
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

    /// What the lines' task runs are called.
    void setTaskNames(const QHash<RowId, QString> &names);
    [[nodiscard]] const QHash<RowId, QString> &taskNames() const { return m_names; }
    /// What to mark in messages.
    void setSearch(const LogSearch &search);

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override;
    [[nodiscard]] QString toolTip(const QModelIndex &index, const QRect &cell, QPoint position) const override;

private:
    [[nodiscard]] QColor paintGround(Cell &cell, const QModelIndex &index, const LogEntry &entry) const;
    void paintText(Cell &cell, const QString &text, const QColor &color, bool bold = false, int indent = 0) const;
    void paintMessage(Cell &cell, const LogEntry &entry, const QColor &ground) const;

    QHash<RowId, QString> m_names;
    QRegularExpression m_found = LogSearch().expression();
};

} // namespace fd
