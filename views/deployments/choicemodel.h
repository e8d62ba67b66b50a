// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QIcon>
#include <QStringList>

#include <vector>

namespace fd {

/// Something that can be ticked, with how many rows have it.
struct Choice {
    QString value;
    QString text;
    qint64 count = -1;
};

/// Choices with ticks, narrowed by a text. Two columns: the choice and its count.
class ChoiceModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Replaces the choices; ticked values that are not among them are added on top.
    void setChoices(QList<Choice> choices);
    void setTicked(const QStringList &values);
    [[nodiscard]] const QStringList &ticked() const { return m_ticked; }
    /// Shows only choices that contain `text`.
    void narrow(const QString &text);
    void toggle(int row);
    [[nodiscard]] int total() const { return static_cast<int>(m_choices.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void tickedChanged();

private:
    void refill();

    QList<Choice> m_choices;
    QStringList m_ticked;
    QString m_text;
    std::vector<int> m_shown;
};

} // namespace fd
