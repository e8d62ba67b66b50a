// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QApplication;
class QWidget;

namespace fd {

/// What the user chose: a fixed scheme, or whatever the desktop has.
enum class Scheme { Follow, Light, Dark };

/// The colours that states share; see StateLook.
enum class StateHue : quint8 { Completed, Running, Scheduled, Late, Pending, Failed, Crashed, Cancelling, Cancelled };
inline constexpr int kStateHueCount = 9;

/// What a message says about the thing it names.
enum class Notice : quint8 { Done, Note, Look, Broken };
inline constexpr int kNoticeCount = 4;

/// Every colour that painted parts use, made from a palette. Widgets ask `Theme::of(palette())` when they paint.
struct Theme {
    bool dark = false;
    /// Lines become text colour and tints go away.
    bool highContrast = false;

    /// Grounds.
    QColor window, base, raised, sunken, hover, selection, selectionInactive;
    /// Edges: separators, control frames (decoration), check boxes and switches (3:1).
    QColor line, frame, control;
    QColor text, text2, text3, off;
    QColor accent, onAccent, link;
    std::array<QColor, kStateHueCount> states;
    /// Grounds of messages and the text on them.
    std::array<QColor, kNoticeCount> noticeGround, noticeText;
    /// Differences.
    QColor added, removed, changed;
    /// Bars of the 14-day strip and of charts.
    QColor stripOk, stripBad;
    /// The dark card of messages and tool tips.
    QColor card, cardText, cardText2, cardLink;

    [[nodiscard]] const QColor &state(StateHue hue) const { return states[static_cast<size_t>(hue)]; }
    [[nodiscard]] const QColor &ground(Notice notice) const { return noticeGround[static_cast<size_t>(notice)]; }
    [[nodiscard]] const QColor &textOn(Notice notice) const { return noticeText[static_cast<size_t>(notice)]; }

    /// The theme of a palette: exact for Flowdeck's own two, derived for a platform's. Cheap; GUI thread only.
    [[nodiscard]] static const Theme &of(const QPalette &palette);
    /// Flowdeck's own colours.
    [[nodiscard]] static const Theme &builtIn(bool dark);
};

/// The palette of a built-in theme.
[[nodiscard]] QPalette paletteOf(const Theme &theme);
/// Sets palette and icon theme of the application; Follow takes the platform's palette when it has one.
void applyScheme(QApplication &application, Scheme scheme);
/// Whether `palette` is dark: its Window is darker than its WindowText.
[[nodiscard]] bool isDark(const QPalette &palette);

/// WCAG contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &a, const QColor &b);
/// `share` of `top` over `ground`, both opaque.
[[nodiscard]] QColor mixed(const QColor &ground, const QColor &top, double share);

/// Sizes and weights of text, as factors of the application font.
enum class TextRole : quint8 { Display, PageTitle, ObjectTitle, Strong, Body, Quiet, Small, Mono };
inline constexpr int kTextRoleCount = 8;
/// The font of a role made from `base`.
[[nodiscard]] QFont roleFont(TextRole role, const QFont &base);
/// The font of a role made from the application font.
[[nodiscard]] QFont roleFont(TextRole role);

/// Sizes in logical pixels at a 13 px font. Heights that hold text go through atLeast().
namespace metrics {
inline constexpr int kStep = 4, kGap = 8, kWideGap = 12, kInset = 16, kSection = 24;
inline constexpr int kHeaderRow = 48, kFilterRow = 40, kTableHead = 28, kStatusBar = 26, kBanner = 42;
inline constexpr int kRail = 208, kRailFolded = 52;
inline constexpr int kInspector = 376, kInspectorMin = 320, kInspectorMax = 520, kListMin = 480;
inline constexpr int kRowTwoLines = 40, kRowOneLine = 32, kRowCompact = 28, kRowLog = 22;
inline constexpr int kControl = 28, kIconButton = 28, kDenseButton = 24, kMark = 16, kBadge = 22;
inline constexpr int kCellPadding = 8, kSearchWidth = 280;
inline constexpr int kRadius = 4, kCardRadius = 6;
inline constexpr int kFocusFrame = 2, kCurrentBar = 3;
/// max(stated, text height + padding), so that large text fits.
[[nodiscard]] int atLeast(int stated, const QFont &font, int padding);
/// `width` grown with the application font, for places that hold text.
[[nodiscard]] int forText(int width);
/// The row height for one or two lines of text in the application font.
[[nodiscard]] int rowHeight(int stated, int lines);
} // namespace metrics

} // namespace fd
