// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/choicemodel.h"

#include "views/common/format.h"
#include "views/deployments/deploymenttext.h"

namespace fd {

void ChoiceModel::setChoices(QList<Choice> choices)
{
    m_choices = std::move(choices);
    for (const QString &value : std::as_const(m_ticked)) {
        const bool known = std::any_of(
            m_choices.cbegin(), m_choices.cend(), [&value](const Choice &choice) { return choice.value == value; });
        if (!known)
            m_choices.prepend({.value = value, .text = value});
    }
    refill();
}

void ChoiceModel::setTicked(const QStringList &values)
{
    m_ticked = values;
    setChoices(m_choices);
}

void ChoiceModel::narrow(const QString &text)
{
    m_text = text;
    refill();
}

void ChoiceModel::refill()
{
    beginResetModel();
    m_shown.clear();
    for (qsizetype i = 0; i < m_choices.size(); ++i) {
        if (m_choices.at(i).text.contains(m_text, Qt::CaseInsensitive))
            m_shown.push_back(static_cast<int>(i));
    }
    endResetModel();
}

void ChoiceModel::toggle(int row)
{
    const QString &value = m_choices.at(m_shown.at(static_cast<size_t>(row))).value;
    if (!m_ticked.removeOne(value))
        m_ticked.append(value);
    emit dataChanged(index(row, 0), index(row, 0), {Qt::CheckStateRole});
    emit tickedChanged();
}

int ChoiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ChoiceModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : 2; }

QVariant ChoiceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Choice &choice = m_choices.at(m_shown.at(static_cast<size_t>(index.row())));
    if (index.column() == 1) {
        if (role == Qt::DisplayRole && choice.count >= 0)
            return format::count(choice.count);
        return role == Qt::TextAlignmentRole ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    }
    if (role == Qt::DisplayRole)
        return oneLine(choice.text);
    if (role == Qt::CheckStateRole)
        return m_ticked.contains(choice.value) ? Qt::Checked : Qt::Unchecked;
    return {};
}

Qt::ItemFlags ChoiceModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == 0)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool ChoiceModel::setData(const QModelIndex &index, const QVariant &, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid())
        return false;
    toggle(index.row());
    return true;
}

} // namespace fd
