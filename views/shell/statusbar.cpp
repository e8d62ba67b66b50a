// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/statusbar.h"

#include "models/workspace/workspace.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/shell/workspacewords.h"

#include <QDateTime>
#include <QPainter>
#include <QPushButton>
#include <QTimeZone>

namespace fd {
namespace {

QIcon dot(const QColor &color)
{
    QPixmap pixmap(QSize(12, 12) * 2);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(2.5, 2.5, 7, 7));
    painter.end();
    return QIcon(pixmap);
}

QString oneLine(const QString &text, qsizetype limit) { return text.left(4 * limit).simplified().left(limit); }

/// Buttons that leave the bar at its 26 px, or at what large text needs.
int barButtonHeight(const QFont &font) { return metrics::atLeast(22, font, metrics::kStep); }

QPushButton *flatButton(QWidget *parent)
{
    QPushButton *button = pushButton(QString(), ButtonRole::Flat, {}, parent);
    button->setFont(roleFont(TextRole::Quiet, parent->font()));
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize({12, 12});
    button->setFixedHeight(barButtonHeight(button->font()));
    return button;
}

} // namespace

StatusBar::StatusBar(QWidget *parent)
    : QStatusBar(parent), m_live(flatButton(this)), m_message(flatButton(this)),
      m_page(new ElidedLabel(QString(), TextRole::Quiet, Tone::Text2)),
      m_zone(new TextLabel(QString(), TextRole::Quiet, Tone::Text2))
{
    setSizeGripEnabled(false);
    setContentsMargins(metrics::kStep, 0, metrics::kStep, 0);
    m_live->setObjectName(QStringLiteral("live"));
    m_message->setObjectName(QStringLiteral("last-message"));
    m_page->setObjectName(QStringLiteral("page-status"));
    m_page->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_message->hide();
    addWidget(m_live);
    addWidget(m_message);
    addPermanentWidget(m_page, 1);
    addPermanentWidget(m_zone);
    m_zone->setContentsMargins(metrics::kInset, 0, metrics::kGap, 0);
    connect(m_live, &QPushButton::clicked, this, &StatusBar::liveClicked);
    connect(m_message, &QPushButton::clicked, this, &StatusBar::messageClicked);
    showZone();
}

void StatusBar::setEngine(const EngineStatus &status)
{
    m_engine = engineLine(status);
    switch (status.kind) {
    case EngineStatus::Kind::Here:
    case EngineStatus::Kind::Elsewhere:
        m_state = Notice::Done;
        break;
    case EngineStatus::Kind::Stopped:
        m_state = Notice::Note;
        break;
    case EngineStatus::Kind::Failed:
        m_state = Notice::Broken;
        break;
    }
    m_word = m_state == Notice::Done ? tr("Live") : m_state == Notice::Broken ? tr("Failed") : tr("Stopped");
    showLive();
}

void StatusBar::setSync(const SyncStatus &status)
{
    m_word = syncWord(status);
    if (status.kind == SyncStatus::Kind::Mirroring && status.total > 0)
        m_word = tr("Reading %1 of %2").arg(format::count(status.done), format::count(status.total));
    m_engine = status.error ? format::error(*status.error) : status.serverTitle;
    switch (status.kind) {
    case SyncStatus::Kind::Live:
    case SyncStatus::Kind::Polling:
        m_state = Notice::Done;
        break;
    case SyncStatus::Kind::Connecting:
    case SyncStatus::Kind::Mirroring:
    case SyncStatus::Kind::Paused:
        m_state = Notice::Note;
        break;
    case SyncStatus::Kind::Offline:
        m_state = Notice::Look;
        break;
    case SyncStatus::Kind::SignedOut:
    case SyncStatus::Kind::Refused:
        m_state = Notice::Broken;
        break;
    }
    m_asOf = status.asOf.value_or(Instant());
    showLive();
}

void StatusBar::setAsOf(Instant asOf)
{
    m_asOf = asOf;
    showLive();
}

void StatusBar::showLive()
{
    const Theme &theme = Theme::of(palette());
    const QColor color = m_state == Notice::Done ? theme.state(StateHue::Completed)
        : m_state == Notice::Broken              ? theme.state(StateHue::Failed)
        : m_state == Notice::Look                ? theme.textOn(Notice::Look)
                                                 : theme.control;
    m_live->setIcon(dot(color));
    m_live->setText(
        m_asOf.us == 0 ? m_word : tr("%1 · as of %2").arg(m_word, format::clock(m_asOf, format::Seconds::Show)));
    m_live->setAccessibleName(tr("%1, %2").arg(m_live->text(), m_engine));
    m_live->setToolTip(m_engine);
}

void StatusBar::setLastMessage(const Message &message)
{
    const QString title = oneLine(message.title, 60);
    m_message->setText(QString(title).replace(u'&', QStringLiteral("&&")));
    m_message->setAccessibleName(tr("Last message: %1").arg(oneLine(message.title, 200)));
    m_message->setToolTip(tr("Message history (F12)"));
    m_message->show();
}

void StatusBar::setPageText(const QString &text) { m_page->setText(text); }

void StatusBar::showZone()
{
    const QDateTime now = QDateTime::currentDateTime();
    const int minutes = now.offsetFromUtc() / 60;
    QString offset = QStringLiteral("UTC");
    if (minutes != 0) {
        offset += (minutes < 0 ? QStringLiteral("−") : QStringLiteral("+")) + QString::number(std::abs(minutes) / 60);
        if (minutes % 60 != 0)
            offset += QStringLiteral(":%1").arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
    }
    const QString zone = QString::fromUtf8(QTimeZone::systemTimeZoneId());
    m_zone->setText(zone.isEmpty() || zone == offset ? offset : tr("%1 (%2)").arg(zone, offset));
    m_zone->setToolTip(tr("Times are shown in this computer's time zone."));
}

void StatusBar::changeEvent(QEvent *event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        for (QPushButton *button : {m_live, m_message}) {
            button->setFont(roleFont(TextRole::Quiet, font()));
            button->setFixedHeight(barButtonHeight(button->font()));
        }
    }
    if (event->type() == QEvent::PaletteChange)
        showLive();
}

} // namespace fd
