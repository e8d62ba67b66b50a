// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/workspacecard.h"

#include "models/workspace/workspace.h"
#include "views/common/icons.h"
#include "views/common/theme.h"
#include "views/common/workspacecolor.h"
#include "views/shell/workspacewords.h"

#include <QPainter>
#include <QPainterPath>

namespace fd {
namespace {

constexpr int kBar = 4;
constexpr int kTextLeft = 14;
/// Green, as the sample has it, for a file that is no known workspace.
constexpr int kLocalColor = 3;

int textHeight(const QFont &font)
{
    return QFontMetrics(roleFont(TextRole::Strong, font)).height()
        + QFontMetrics(roleFont(TextRole::Small, font)).height();
}

} // namespace

WorkspaceCard::WorkspaceCard(Workspace &workspace, QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    constexpr int kTickMs = 1000;
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &WorkspaceCard::showStatus);
    setWorkspace(workspace, std::nullopt);
}

void WorkspaceCard::setWorkspace(Workspace &workspace, const std::optional<WorkspaceEntry> &entry)
{
    if (m_workspace != nullptr)
        disconnect(m_workspace, nullptr, this, nullptr);
    m_workspace = &workspace;
    m_entry = entry;
    connect(&workspace, &Workspace::engineStatusChanged, this, &WorkspaceCard::showStatus);
    connect(&workspace, &Workspace::syncStatusChanged, this, &WorkspaceCard::showStatus);
    // An age grows by itself.
    if (workspace.mirrorsServer())
        m_tick.start();
    else
        m_tick.stop();
    m_line.clear();
    showStatus();
}

void WorkspaceCard::setFolded(bool folded)
{
    m_folded = folded;
    updateGeometry();
}

QString WorkspaceCard::name() const { return m_entry ? m_entry->name : m_workspace->name(); }

QString WorkspaceCard::protectionWord() const
{
    if (!m_entry || m_entry->protection == Protection::None)
        return {};
    return m_entry->protection == Protection::Production ? tr("production") : tr("read-only");
}

void WorkspaceCard::showStatus()
{
    const QString line = workspaceLine(*m_workspace, systemClock()());
    if (line == m_line)
        return;
    m_line = line;
    m_alarming = isAlarming(*m_workspace);
    const QString protection = protectionWord();
    const QString said = protection.isEmpty() ? m_line : QStringLiteral("%1 · %2").arg(protection, m_line);
    setAccessibleName(tr("Workspace %1, %2").arg(name(), said));
    setToolTip(Qt::convertFromPlainText(
        QStringLiteral("%1\n%2\n%3").arg(name(), m_workspace->location(), said), Qt::WhiteSpaceNormal));
    update();
}

QSize WorkspaceCard::sizeHint() const
{
    const int height = std::max(52, textHeight(font()) + metrics::kInset);
    return {m_folded ? 36 : 192, m_folded ? std::min(height, 40) : height};
}

QSize WorkspaceCard::minimumSizeHint() const { return {36, sizeHint().height()}; }

void WorkspaceCard::paintText(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRect inner = rect().adjusted(kTextLeft, 0, -metrics::kGap, 0);
    QRect line(inner.left(), (height() - textHeight(font())) / 2, inner.width(), 0);
    painter.setFont(roleFont(TextRole::Strong, font()));
    painter.setPen(theme.text);
    line.setHeight(painter.fontMetrics().height());
    const QString title = name().simplified();
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(title.left(200), Qt::ElideMiddle, line.width()));
    line.moveTop(line.bottom() + 1);
    painter.setFont(roleFont(TextRole::Small, font()));
    line.setHeight(painter.fontMetrics().height());
    if (const QString protection = protectionWord(); !protection.isEmpty()) {
        QFont bold = painter.font();
        bold.setBold(true);
        const QFont small = painter.font();
        painter.setFont(bold);
        painter.setPen(theme.textOn(Notice::Broken));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, protection);
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(protection) + metrics::kStep);
        painter.setFont(small);
    }
    painter.setPen(m_alarming ? theme.textOn(Notice::Look) : theme.text3);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_line, Qt::ElideRight, line.width()));
}

void WorkspaceCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath card;
    card.addRoundedRect(frame, metrics::kCardRadius, metrics::kCardRadius);
    painter.fillPath(card, underMouse() ? theme.hover : theme.raised);
    painter.setClipPath(card);
    painter.fillRect(QRect(0, 0, kBar, height()), workspaceColor(m_entry ? m_entry->colour : kLocalColor, palette()));
    painter.setClipping(false);
    painter.setPen(hasFocus() ? QPen(theme.accent, metrics::kFocusFrame) : QPen(theme.frame, 1));
    painter.drawPath(card);
    if (m_folded) {
        const QRect icon(
            (width() + kBar - metrics::kMark) / 2, (height() - metrics::kMark) / 2, metrics::kMark, metrics::kMark);
        icons::named(QStringLiteral("server-database")).paint(&painter, icon);
        return;
    }
    paintText(painter);
}

void WorkspaceCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void WorkspaceCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void WorkspaceCard::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace fd
