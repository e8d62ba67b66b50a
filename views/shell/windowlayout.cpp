// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/windowlayout.h"

#include "views/common/page.h"
#include "views/common/theme.h"
#include "views/common/uimemory.h"
#include "views/shell/inspectorhost.h"
#include "views/shell/navigationrail.h"
#include "views/shell/pageframe.h"
#include "views/shell/shellmenus.h"

#include <QAction>
#include <QGuiApplication>
#include <QScreen>
#include <QSplitter>

namespace fd {
namespace {

constexpr int kFoldRailBelow = 1100;
constexpr int kFloatInspectorBelow = 1200;
constexpr int kRememberAfterMs = 400;

const QString kGeometryKey = QStringLiteral("window/geometry");
const QString kRailKey = QStringLiteral("window/rail");
const QString kInspectorKey = QStringLiteral("window/inspector");
const QString kSplitterKey = QStringLiteral("window/splitter");

} // namespace

WindowLayout::WindowLayout(const WindowParts &parts, UiMemory &memory)
    : QObject(parts.window), m_parts(parts), m_memory(memory)
{
    m_remember.setSingleShot(true);
    m_remember.setInterval(kRememberAfterMs);
    connect(&m_remember, &QTimer::timeout, this, &WindowLayout::remember);
    connect(parts.inspector, &InspectorHost::closeRequested, this, [this] { setInspectorShown(false); });
    connect(parts.splitter, &QSplitter::splitterMoved, this, [this] {
        if (!m_parts.inspector->isFloating() && m_parts.splitter->sizes().value(1) == 0)
            setInspectorShown(false);
        m_remember.start();
    });
}

void WindowLayout::restore()
{
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    m_parts.window->setMinimumSize(QSize(1024, 640).boundedTo(screen.size()));
    if (!m_parts.window->restoreGeometry(m_memory.value(kGeometryKey).toByteArray()))
        m_parts.window->resize(QSize(1440, 900).boundedTo(screen.size()));
    m_railWide = m_memory.value(kRailKey).isNull() || m_memory.value(kRailKey).toBool();
    m_inspectorWide = m_memory.value(kInspectorKey).isNull() || m_memory.value(kInspectorKey).toBool();
    const int remembered = m_memory.value(kSplitterKey).toInt();
    const int wanted = remembered >= metrics::kInspectorMin ? remembered : metrics::kInspector;
    m_parts.splitter->setSizes({m_parts.window->width() - metrics::kRail - wanted, wanted});
    updateFold();
}

void WindowLayout::remember()
{
    m_remember.stop();
    m_memory.setValue(kGeometryKey, m_parts.window->saveGeometry());
    m_memory.setValue(kRailKey, m_railWide);
    m_memory.setValue(kInspectorKey, m_inspectorWide);
    if (!m_parts.inspector->isFloating() && m_parts.splitter->sizes().value(1) > 0)
        m_memory.setValue(kSplitterKey, m_parts.splitter->sizes().value(1));
}

void WindowLayout::windowChanged()
{
    updateFold();
    if (m_shownBefore)
        m_remember.start();
}

void WindowLayout::windowShown()
{
    m_shownBefore = true;
    updateInspector();
}

void WindowLayout::setPage(Page *page)
{
    m_page = page;
    if (m_shownBefore)
        updateInspector();
}

void WindowLayout::updateFold()
{
    const int width = m_parts.window->width();
    const bool railWide = width >= kFoldRailBelow ? m_railWide : m_railNarrow;
    m_parts.rail->setFolded(!railWide);
    m_parts.menus->action(ShellAction::Rail)->setChecked(railWide);
    const bool floating = width < kFloatInspectorBelow;
    if (floating != m_parts.inspector->isFloating())
        m_inspectorNarrow = false;
    m_parts.inspector->setFloating(floating);
    m_parts.inspector->setTopOffset(m_parts.frame->header()->height());
    updateInspector();
}

void WindowLayout::setRailWide(bool wide)
{
    (m_parts.window->width() >= kFoldRailBelow ? m_railWide : m_railNarrow) = wide;
    updateFold();
    m_remember.start();
}

void WindowLayout::setInspectorShown(bool shown)
{
    (m_parts.inspector->isFloating() ? m_inspectorNarrow : m_inspectorWide) = shown;
    const QWidget *focus = m_parts.window->focusWidget();
    const bool lostFocus = !shown && focus != nullptr && m_parts.inspector->isAncestorOf(focus);
    updateInspector();
    if (lostFocus && m_page != nullptr)
        m_page->setFocus();
    m_remember.start();
}

void WindowLayout::updateInspector()
{
    InspectorHost *inspector = m_parts.inspector;
    const bool wanted = inspector->isFloating() ? m_inspectorNarrow : m_inspectorWide;
    // The page's part is made when there is a first picture of the window, not before.
    QWidget *content = m_shownBefore && wanted && m_page != nullptr ? m_page->inspector() : nullptr;
    const bool none = m_shownBefore && wanted && content == nullptr;
    QAction *action = m_parts.menus->action(ShellAction::Inspector);
    action->setEnabled(!none);
    action->setStatusTip(none ? tr("This page has no inspector.") : tr("Shows or hides the inspector"));
    action->setChecked(wanted && !none);
    inspector->setContent(content);
    inspector->setVisible(wanted && !none);
    // Pages that came later lie above it otherwise.
    if (inspector->isFloating())
        inspector->raise();
    QSplitter *splitter = m_parts.splitter;
    if (wanted && !none && !inspector->isFloating() && splitter->sizes().value(1) == 0)
        splitter->setSizes({splitter->width() - metrics::kInspector, metrics::kInspector});
}

} // namespace fd
