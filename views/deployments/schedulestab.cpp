// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/schedulestab.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/stateplaceholder.h"
#include "views/deployments/deploymenttext.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr qsizetype kMostCards = 50;

/// A pale frame around one schedule.
class Card : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Theme::of(palette()).frame);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius, metrics::kCardRadius);
    }
};

QWidget *makeCard(const Schedule &schedule, bool paused)
{
    const format::ScheduleText text = format::schedule(schedule);
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(14, metrics::kWideGap, 14, metrics::kWideGap);
    column->setSpacing(metrics::kStep);
    auto *head = new QHBoxLayout;
    const bool on = schedule.active && !paused;
    auto *rule = new TextLabel(oneLine(text.rule), TextRole::Strong, on ? Tone::Text : Tone::Text2);
    rule->setWordWrap(true);
    head->addWidget(rule, 1);
    const QString state = on ? SchedulesTab::tr("on") : paused ? SchedulesTab::tr("paused") : SchedulesTab::tr("off");
    head->addWidget(new TextLabel(state, TextRole::Quiet, Tone::Text2), 0, Qt::AlignTop);
    column->addLayout(head);
    if (!text.zone.isEmpty())
        column->addWidget(new ElidedLabel(oneLine(text.zone), TextRole::Quiet, Tone::Text2));
    auto *written = new TextLabel(oneLine(QString::fromUtf8(schedule.json)), TextRole::Mono, Tone::Text3);
    written->setWordWrap(true);
    written->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(written);
    return card;
}

} // namespace

SchedulesTab::SchedulesTab(QWidget *parent) : InspectorTab(parent), m_cards(new QVBoxLayout), m_none(new Placeholder)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kInset);
    column->setSpacing(metrics::kGap);
    m_cards->setSpacing(metrics::kGap);
    column->addLayout(m_cards);
    m_none->setContent(quietPlaceholder(tr("No schedule"), tr("This deployment runs when somebody starts it.")));
    column->addWidget(m_none);
    column->addStretch();
    setScrolledContent(content);
}

void SchedulesTab::showDeployment(const InspectedDeployment &inspected)
{
    const Deployment &deployment = inspected.deployment;
    m_none->setVisible(deployment.schedules.isEmpty());
    if (m_shown == deployment.schedules && m_paused == deployment.paused)
        return;
    m_shown = deployment.schedules;
    m_paused = deployment.paused;
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Schedule &schedule : m_shown.first(std::min(kMostCards, m_shown.size())))
        m_cards->addWidget(makeCard(schedule, m_paused));
    if (m_shown.size() > kMostCards)
        m_cards->addWidget(new TextLabel(
            tr("and %1 more").arg(format::count(m_shown.size() - kMostCards)), TextRole::Quiet, Tone::Text2));
}

} // namespace fd
