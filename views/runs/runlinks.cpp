// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runlinks.h"

#include "views/common/controls.h"
#include "views/common/statemark.h"
#include "views/runs/runtext.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fd {

namespace {

int remarkWidth() { return metrics::forText(88); }
int durationWidth() { return metrics::forText(80); }
/// A name gets this before the remark gets anything.
int leastName() { return metrics::forText(72); }

} // namespace

RunLink::RunLink(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RunLink::setRun(const FlowRunRow &run, const QString &remark, Instant now)
{
    m_run = run;
    m_remark = remark;
    m_duration = runtext::duration(run, now);
    const QString spoken
        = QStringLiteral("%1, %2, %3, %4").arg(run.name, stateWord(run.stateType, run.stateName), remark, m_duration);
    setAccessibleName(spoken);
    setToolTip(plainToolTip(spoken));
    update();
}

QSize RunLink::sizeHint() const
{
    return {2 * metrics::kInset + metrics::kMark + metrics::kGap + leastName(),
        metrics::atLeast(metrics::kControl, roleFont(TextRole::Body), metrics::kGap)};
}

void RunLink::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    if (underMouse())
        painter.fillRect(rect(), theme.hover);
    const auto place = [this](int left, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, width, height()));
    };
    const auto text = [&painter](const QRect &area, const QString &shown, TextRole role, const QColor &color,
                          Qt::Alignment alignment) {
        painter.setFont(roleFont(role));
        painter.setPen(color);
        painter.drawText(area, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(shown, Qt::ElideMiddle, area.width()));
    };
    const int durationLeft = width() - metrics::kInset - std::min(durationWidth(), width() / 3);
    const int remarkLeft = durationLeft - remarkWidth();
    const int nameLeft = metrics::kInset + metrics::kMark + metrics::kGap;
    paintStateMark(painter, place(metrics::kInset, metrics::kMark), m_run.stateType, m_run.stateName, theme);
    const bool roomy = remarkLeft - metrics::kGap - nameLeft >= leastName();
    const int nameRight = roomy ? remarkLeft : durationLeft;
    text(place(nameLeft, nameRight - metrics::kGap - nameLeft), m_run.name, TextRole::Body, theme.text,
        Qt::AlignLeading);
    if (roomy)
        text(place(remarkLeft, remarkWidth()), m_remark, TextRole::Quiet, theme.text3, Qt::AlignLeading);
    text(place(durationLeft, width() - metrics::kInset - durationLeft), m_duration, TextRole::Quiet, theme.text2,
        Qt::AlignTrailing);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, metrics::kFocusFrame));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void RunLink::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RunLink::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

RunLinks::RunLinks(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void RunLinks::setRuns(const QList<Entry> &entries, Instant now)
{
    while (m_links.size() > entries.size())
        delete m_links.takeLast();
    while (m_links.size() < entries.size()) {
        auto *link = new RunLink(this);
        connect(link, &RunLink::clicked, this, [this, link] { emit runOpened(link->run()); });
        m_layout->addWidget(link);
        m_links.append(link);
    }
    for (qsizetype i = 0; i < entries.size(); ++i)
        m_links[i]->setRun(entries[i].run, entries[i].remark, now);
}

} // namespace fd
