// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/stateplaceholder.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/common/glyphs.h"
#include "views/common/icons.h"
#include "views/common/statemark.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fd {
namespace {

constexpr int kTextWidth = 400;
constexpr int kIcon = 22;

TextLabel *centredLabel(TextRole role, Tone tone, QWidget *parent)
{
    auto *label = new TextLabel({}, role, tone, parent);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    label->setFixedWidth(metrics::forText(kTextWidth));
    return label;
}

} // namespace

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_title(centredLabel(TextRole::ObjectTitle, Tone::Text, this)),
      m_text(centredLabel(TextRole::Body, Tone::Text2, this)), m_button(pushButton({}, ButtonRole::Primary, {}, this)),
      m_remark(centredLabel(TextRole::Quiet, Tone::Text3, this))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(metrics::kGap);
    column->addStretch(2);
    for (QWidget *part : {static_cast<QWidget *>(m_icon), static_cast<QWidget *>(m_title),
             static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_button), static_cast<QWidget *>(m_remark)})
        column->addWidget(part, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &Placeholder::triggered);
    setContent({});
}

void Placeholder::setContent(const PlaceholderText &content)
{
    m_content = content;
    m_title->setText(content.title);
    m_text->setText(content.text);
    m_button->setText(content.button);
    m_remark->setText(content.remark);
    m_icon->setVisible(!content.iconName.isEmpty());
    m_text->setVisible(!content.text.isEmpty());
    m_button->setVisible(!content.button.isEmpty());
    m_remark->setVisible(!content.remark.isEmpty());
    showIcon();
}

void Placeholder::showIcon()
{
    if (!m_content.iconName.isEmpty())
        m_icon->setPixmap(icons::named(m_content.iconName).pixmap(QSize(kIcon, kIcon), devicePixelRatioF()));
    m_button->setIcon(m_content.buttonIcon.isEmpty() ? QIcon() : icons::named(m_content.buttonIcon));
}

void Placeholder::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QWidget::changeEvent(event);
}

FailedPanel::FailedPanel(QWidget *parent)
    : QWidget(parent), m_title(new TextLabel({}, TextRole::Strong, Tone::Text, this)),
      m_text(new TextLabel({}, TextRole::Body, Tone::Text, this)),
      m_details(new TextLabel({}, TextRole::Mono, Tone::Text2, this)),
      m_detailsButton(pushButton(tr("Details"), ButtonRole::Flat, {}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(40, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    column->setSpacing(metrics::kStep);
    for (TextLabel *label : {m_title, m_text, m_details}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    m_details->hide();
    auto *row = new QHBoxLayout;
    QPushButton *retry = pushButton(tr("Try again"), ButtonRole::Plain, QStringLiteral("view-refresh"), this);
    row->addWidget(retry);
    row->addWidget(m_detailsButton);
    row->addStretch();
    column->addLayout(row);
    m_detailsButton->setCheckable(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(retry, &QPushButton::clicked, this, &FailedPanel::retryRequested);
    connect(m_detailsButton, &QPushButton::toggled, m_details, &QWidget::setVisible);
    applyColors();
}

void FailedPanel::setError(const QString &title, const Error &error)
{
    m_title->setText(title);
    m_text->setText(format::error(error));
    m_details->setText(toText(error));
    m_detailsButton->setVisible(!error.detail.isEmpty() && error.detail != m_text->text());
    m_detailsButton->setChecked(false);
    setAccessibleName(title);
}

void FailedPanel::applyColors()
{
    const Theme &theme = Theme::of(palette());
    QPalette title = m_title->palette();
    title.setColor(QPalette::WindowText, theme.textOn(Notice::Broken));
    m_title->setPalette(title);
}

void FailedPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void FailedPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    glyph::box(painter, rect(), metrics::kCardRadius, theme.ground(Notice::Broken),
        theme.highContrast ? theme.line : QColor());
    const QRect place(
        metrics::kWideGap, m_title->y() + (m_title->height() - metrics::kMark) / 2, metrics::kMark, metrics::kMark);
    paintNoticeMark(
        painter, QStyle::visualRect(layoutDirection(), rect(), place), Notice::Broken, theme.textOn(Notice::Broken));
}

SkeletonRows::SkeletonRows(QWidget *parent) : QWidget(parent) { setAccessibleName(tr("Reading")); }

void SkeletonRows::setProgress(double share)
{
    m_progress = share;
    update();
}

void SkeletonRows::paintEvent(QPaintEvent *)
{
    constexpr int kRow = 33;
    constexpr int kRows = 5;
    constexpr int kBar = 10;
    // Lengths that look like text and stay the same from paint to paint.
    constexpr std::array kShares{0.60, 0.85, 0.70, 0.95, 0.78};
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 2, theme.line);
    if (m_progress >= 0)
        painter.fillRect(0, 0, qRound(width() * std::min(1.0, m_progress)), 2, theme.accent);
    const int column = (width() - 2 * metrics::kInset - 32) / 3;
    for (int row = 0; row < kRows; ++row) {
        const int top = metrics::kInset + row * kRow;
        const double share = kShares[static_cast<size_t>(row)];
        glyph::box(painter, QRect(metrics::kInset, top + 6, 14, kBar), metrics::kRadius, theme.line, {});
        for (int i = 0; i < 3; ++i) {
            const int left = metrics::kInset + 32 + i * column;
            const int length = qRound(column * 0.8 * (i == 0 ? share : 1.6 - share));
            glyph::box(painter, QRect(left, top + 6, std::min(length, column - metrics::kGap), kBar), metrics::kRadius,
                theme.line, {});
        }
        painter.fillRect(metrics::kInset, top + kRow - 6, width() - 2 * metrics::kInset, 1, theme.line);
    }
}

} // namespace fd
