// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/workspacecard.h"

#include "models/workspace/workspace.h"
#include "views/common/icons.h"
#include "views/common/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace fd {
namespace {

constexpr int kBar = 4;
constexpr int kTextLeft = 14;
const QColor kLocalColor(0x4A, 0x7A, 0x3A);

int textHeight(const QFont &font)
{
    return QFontMetrics(roleFont(TextRole::Strong, font)).height()
        + QFontMetrics(roleFont(TextRole::Small, font)).height();
}

} // namespace

QString engineLine(const EngineStatus &status)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("fd::WorkspaceCard", text); };
    switch (status.kind) {
    case EngineStatus::Kind::Here:
        return status.activeRuns == 0
            ? tr("local file · engine runs")
            : QCoreApplication::translate("fd::WorkspaceCard", "local file · %n running", nullptr, status.activeRuns);
    case EngineStatus::Kind::Elsewhere:
        return tr("engine runs in another Flowdeck");
    case EngineStatus::Kind::Failed:
        return tr("engine failed");
    case EngineStatus::Kind::Stopped:
        break;
    }
    return tr("local file · engine stopped");
}

WorkspaceCard::WorkspaceCard(Workspace &workspace, QWidget *parent) : QAbstractButton(parent), m_workspace(workspace)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&workspace, &Workspace::engineStatusChanged, this, &WorkspaceCard::showStatus);
    showStatus(workspace.engineStatus());
}

void WorkspaceCard::setFolded(bool folded)
{
    m_folded = folded;
    updateGeometry();
}

void WorkspaceCard::showStatus(const EngineStatus &status)
{
    m_line = engineLine(status);
    m_alarming = status.kind == EngineStatus::Kind::Failed;
    const QString name = m_workspace.name();
    setAccessibleName(tr("Workspace %1, %2").arg(name, m_line));
    setToolTip(Qt::convertFromPlainText(
        QStringLiteral("%1\n%2\n%3").arg(name, m_workspace.location(), m_line), Qt::WhiteSpaceNormal));
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
    const QString name = m_workspace.name().simplified();
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(name.left(200), Qt::ElideMiddle, line.width()));
    line.moveTop(line.bottom() + 1);
    painter.setFont(roleFont(TextRole::Small, font()));
    painter.setPen(m_alarming ? theme.textOn(Notice::Broken) : theme.text3);
    line.setHeight(painter.fontMetrics().height());
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
    painter.fillRect(QRect(0, 0, kBar, height()), theme.dark ? kLocalColor.lighter(130) : kLocalColor);
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
