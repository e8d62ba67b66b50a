// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QSplitter;
class QWidget;

namespace fd {

class InspectorHost;
class NavigationRail;
class Page;
class PageFrame;
class ShellMenus;
class UiMemory;

/// The parts of a window that WindowLayout arranges.
struct WindowParts {
    QWidget *window = nullptr;
    NavigationRail *rail = nullptr;
    QSplitter *splitter = nullptr;
    PageFrame *frame = nullptr;
    InspectorHost *inspector = nullptr;
    ShellMenus *menus = nullptr;
};

/// Folds the rail and moves the inspector over the list in a narrow window, and remembers what the user chose in a
/// wide one, with the window's size and place.
class WindowLayout : public QObject
{
    Q_OBJECT
public:
    WindowLayout(const WindowParts &parts, UiMemory &memory);

    /// Size, place and what was open, as remembered.
    void restore();
    void remember();
    /// The window was moved or resized.
    void windowChanged();
    /// Another page is shown. Its inspector is made once the window has been painted.
    void setPage(Page *page);
    /// The window's first picture is there.
    void windowShown();
    void setRailWide(bool wide);
    void setInspectorShown(bool shown);

private:
    void updateFold();
    void updateInspector();

    WindowParts m_parts;
    UiMemory &m_memory;
    Page *m_page = nullptr;
    QTimer m_remember;
    /// What the user chose in a wide and in a narrow window.
    bool m_railWide = true, m_railNarrow = false;
    bool m_inspectorWide = true, m_inspectorNarrow = false;
    bool m_shownBefore = false;
};

} // namespace fd
