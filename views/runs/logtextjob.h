// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/loglistmodel.h"

#include <QHash>
#include <QTimer>

namespace fd {

class Store;

/// Makes text of log lines for clipboard and files, a few hundred at a time, so that the window stays alive.
/// Deletes itself when it is done.
class LogTextJob : public QObject
{
    Q_OBJECT
public:
    LogTextJob(Store &store, RowId flowRun, QHash<RowId, QString> taskNames, QObject *parent);

    /// Takes all lines that pass a filter; see LogListModel::setFilter.
    void startAll(int minimumLevel, RowId taskRun);
    /// Takes these lines, by row id, ascending.
    void startLines(const std::vector<RowId> &ids);

signals:
    /// The next lines, each with its line end.
    void text(const QString &lines);
    void finished(int lines);
    void failed(const fd::Error &error);

private:
    void begin();
    void makeSome();

    LogListModel m_lines;
    QHash<RowId, QString> m_names;
    /// Which rows to take; lines only ever come after them.
    std::vector<int> m_rows;
    QTimer m_slice;
    size_t m_next = 0;
    bool m_all = false;
    bool m_begun = false;
};

} // namespace fd
