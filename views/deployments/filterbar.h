// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/items/deploymentlistmodel.h"

#include <QFuture>
#include <QPointer>
#include <QWidget>

#include <functional>

class QPushButton;

namespace fd {

class CountChips;
class FilterChip;
class FilterEditor;

/// Reads the tags in use with how many deployments have each, most used first.
using TagCounts = Result<QList<std::pair<QString, int>>>;
using TagSource = std::function<QFuture<TagCounts>()>;

/// The row above the table: what is filtered as chips, how to add one, and counts by latest state.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    FilterBar(DeploymentListModel &model, QWidget *parent = nullptr);

    void setTagSource(TagSource source) { m_tagSource = std::move(source); }
    /// Shows the filter's tags and states; its text is not this bar's.
    void setFilter(const DeploymentFilter &filter);
    /// Takes the last chip away. False when there is none.
    bool removeLast();
    /// Opens the menu that adds a filter.
    void addFilter();

signals:
    /// The user changed tags or states.
    void edited(const QStringList &tags, const QList<fd::StateType> &states);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showCounts();
    void showChips();
    void fitCounts();
    void editTags(QWidget *anchor);
    void editStates(QWidget *anchor);
    void openEditor(FilterEditor *editor, QWidget *anchor);

    DeploymentListModel &m_model;
    TagSource m_tagSource;
    QStringList m_tags;
    QList<StateType> m_states;
    FilterChip *m_tagChip;
    FilterChip *m_stateChip;
    QPushButton *m_add;
    QPushButton *m_clear;
    CountChips *m_counts;
    QPointer<FilterEditor> m_editor;
};

} // namespace fd
