// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/verdictcard.h"

#include "views/common/controls.h"
#include "views/common/statemark.h"

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace fd {

/// One line of evidence: its mark, what it says, and a quieter detail.
class VerdictRow : public QWidget
{
public:
    explicit VerdictRow(QWidget *parent) : QWidget(parent), m_title(new TextLabel({})), m_detail(makeDetail())
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(metrics::kMark + metrics::kGap, 0, 0, 0);
        column->setSpacing(0);
        m_title->setWordWrap(true);
        column->addWidget(m_title);
        column->addWidget(m_detail);
    }

    void setLine(const VerdictLine &line)
    {
        m_notice = line.notice;
        m_title->setText(line.title);
        m_detail->setText(line.detail);
        m_detail->setVisible(!line.detail.isEmpty());
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRectF mark(0, 2, metrics::kMark, metrics::kMark);
        paintNoticeMark(painter, mark, m_notice, Theme::of(palette()).textOn(m_notice));
    }

private:
    static ElidedLabel *makeDetail() { return new ElidedLabel({}, TextRole::Small, Tone::Text3, Qt::ElideMiddle); }

    Notice m_notice = Notice::Done;
    TextLabel *m_title;
    ElidedLabel *m_detail;
};

VerdictCard::VerdictCard(QWidget *parent)
    : QWidget(parent), m_head(new QWidget(this)), m_question(new TextLabel({}, TextRole::Strong)),
      m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("verdict"));
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(
        metrics::kWideGap + metrics::kMark + metrics::kGap, metrics::kGap, metrics::kWideGap, metrics::kGap);
    head->addWidget(m_question, 1);
    m_column->setContentsMargins(1, 1, 1, metrics::kGap);
    m_column->setSpacing(metrics::kGap);
    m_column->addWidget(m_head);
}

void VerdictCard::setVerdict(const Verdict &verdict)
{
    m_notice = verdict.notice;
    m_question->setText(tr("Will it run?  %1").arg(verdict.answer));
    while (m_rows.size() < verdict.lines.size()) {
        auto *row = new VerdictRow(this);
        auto *inset = new QHBoxLayout;
        inset->setContentsMargins(metrics::kWideGap, 0, metrics::kWideGap, 0);
        inset->addWidget(row);
        m_column->addLayout(inset);
        m_rows += row;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i)->setVisible(i < verdict.lines.size());
        if (i < verdict.lines.size())
            m_rows.at(i)->setLine(verdict.lines.at(i));
    }
    applyColors();
}

void VerdictCard::applyColors()
{
    QPalette colors = m_question->palette();
    const QColor &wanted = Theme::of(palette()).textOn(m_notice);
    if (colors.color(QPalette::WindowText) != wanted) {
        colors.setColor(QPalette::WindowText, wanted);
        m_question->setPalette(colors);
    }
    update();
}

void VerdictCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath frame;
    frame.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius, metrics::kCardRadius);
    painter.setClipPath(frame);
    painter.fillRect(QRect(0, 0, width(), m_head->geometry().bottom() + 1), theme.ground(m_notice));
    painter.setClipping(false);
    painter.setPen(theme.frame);
    painter.drawPath(frame);
    const QRectF mark(
        metrics::kWideGap, m_head->geometry().center().y() - metrics::kMark / 2.0, metrics::kMark, metrics::kMark);
    paintNoticeMark(painter, mark, m_notice, theme.textOn(m_notice));
}

void VerdictCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

} // namespace fd
