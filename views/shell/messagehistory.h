// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/message.h"

#include <QAbstractTableModel>
#include <QDialog>

namespace fd {

class TableView;

/// Messages as rows, newest first.
class MessageModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setMessages(const QList<Message> &oldestFirst);
    void add(const Message &message);
    [[nodiscard]] const Message &at(int row) const { return m_messages.at(row); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Message> m_messages;
};

/// All messages since the start (F12). Enter does what the message offered; Copy takes the selected ones as text.
class MessageHistory : public QDialog
{
    Q_OBJECT
public:
    MessageHistory(const QList<Message> &oldestFirst, const Clock &clock, QWidget *parent);

    void add(const Message &message);

private:
    void copySelected() const;

    MessageModel *m_model;
    TableView *m_table;
};

} // namespace fd
