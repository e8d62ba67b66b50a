// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/specs/plantext.h"

#include <QScrollArea>

class QVBoxLayout;

namespace fd {

class ElidedLabel;
class TextLabel;

/// The right half of the plan: one deployment field by field, old over new and tinted, or one problem in full.
class PlanChanges : public QWidget
{
    Q_OBJECT
public:
    explicit PlanChanges(QWidget *parent = nullptr);

    void showItem(const SpecPlanItem &item);
    void showProblem(const SpecProblem &problem);
    void clear();

private:
    void setHead(const QString &title, const QString &detail);
    void addText(const QString &text);

    ElidedLabel *m_title;
    ElidedLabel *m_detail;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
};

} // namespace fd
