// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/choicemodel.h"

#include <QFrame>

class QLineEdit;
class QTreeView;

namespace fd {

class TextLabel;

/// The popup that edits one filter: ticks, a field that narrows them, how many match. Every tick works at once.
class FilterEditor : public QFrame
{
    Q_OBJECT
public:
    /// `title` is the filter's name, `rule` says how several ticks combine: "all of", "any of".
    FilterEditor(const QString &title, const QString &rule, QWidget *parent);

    void setChoices(const QList<Choice> &choices);
    void setTicked(const QStringList &values);
    /// "54 of 1,284 match".
    void setMatches(int matching, int total);
    /// A typed value that is not among the choices may be ticked too.
    void allowOther() { m_allowOther = true; }
    /// Opens below `anchor`.
    void openBelow(QWidget *anchor);

signals:
    void tickedChanged(const QStringList &values);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeList();
    void takeTyped();

    ChoiceModel *m_model;
    QLineEdit *m_search;
    QTreeView *m_list;
    TextLabel *m_matches;
    bool m_allowOther = false;
};

} // namespace fd
