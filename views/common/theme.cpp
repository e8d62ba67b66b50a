// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/theme.h"

#include "views/common/icons.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QStyle>

#include <cmath>
#include <deque>

namespace fd {
namespace {

Theme lightTheme()
{
    Theme t;
    t.window = 0xF4F5F7;
    t.base = t.raised = 0xFFFFFF;
    t.sunken = 0xEEF0F3;
    t.hover = 0xF0F1F5;
    t.selection = 0xECECFA;
    t.selectionInactive = 0xECEEF2;
    t.line = 0xE3E6EB;
    t.frame = 0xC9CED7;
    t.control = 0x7F8793;
    t.text = 0x1C2027;
    t.text2 = 0x59616E;
    t.text3 = 0x616976;
    t.off = 0x9AA1AC;
    t.accent = 0x4B4FC4;
    t.onAccent = 0xFFFFFF;
    t.link = 0x4346B8;
    t.states = {0x18793A, 0x0B51CC, 0x8F6400, 0xB24A00, 0x726576, 0xCF0426, 0xB83A08, 0x334863, 0x4A4F57};
    t.noticeGround = {0xE4F5EA, 0xE8EDFB, 0xFFF4DC, 0xFDE9E7};
    t.noticeText = {0x146B34, 0x09439B, 0x7A4A00, 0xB3031F};
    t.added = 0xE0F4E7;
    t.removed = 0xFCE6E4;
    t.changed = 0xFFF4DC;
    t.stripOk = 0x55906F;
    t.stripBad = 0xCF0426;
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = 0x1B1D22;
    t.base = 0x212429;
    t.raised = 0x282C33;
    t.sunken = 0x17191D;
    t.hover = 0x2A2E35;
    t.selection = 0x2E3050;
    t.selectionInactive = 0x2D3138;
    t.line = 0x30343C;
    t.frame = 0x454B56;
    t.control = 0x7A828F;
    t.text = 0xE6E8EC;
    t.text2 = 0xA9B0BB;
    t.text3 = 0x959DA9;
    t.off = 0x6B727E;
    t.accent = 0x8C8FF0;
    t.onAccent = 0x14151A;
    t.link = 0xA5A8F6;
    t.states = {0x5CC18A, 0x7C9DDE, 0xE2B95B, 0xF0A54A, 0xADA4B7, 0xEE7676, 0xE59557, 0x99AAC2, 0xADADAD};
    t.noticeGround = {0x1D3428, 0x1D2A44, 0x3A3018, 0x3D2022};
    t.noticeText = {0x85D6A9, 0xA8BDE6, 0xE6CF8C, 0xF0A0A0};
    t.added = 0x1C3527;
    t.removed = 0x40242A;
    t.changed = 0x3A3018;
    t.stripOk = 0x5C9377;
    t.stripBad = 0xEE7676;
    return t;
}

void addCard(Theme &theme)
{
    theme.card = theme.dark ? 0x343943 : 0x22262E;
    theme.cardText = 0xFFFFFF;
    theme.cardText2 = 0xB4BBC6;
    theme.cardLink = 0xB4B7F8;
}

/// `top` over `ground` at `share`, or more until the contrast is `atLeast`.
QColor readable(const QColor &ground, const QColor &top, double share, double atLeast)
{
    QColor color = mixed(ground, top, share);
    for (; share < 1 && contrastRatio(color, ground) < atLeast; share += 0.02)
        color = mixed(ground, top, share);
    return color;
}

/// State, message and strip colours stay Flowdeck's own; surfaces, text and accent are the platform's.
Theme derivedTheme(const QPalette &palette)
{
    const auto role = [&palette](QPalette::ColorRole which) { return palette.color(QPalette::Active, which); };
    Theme t = Theme::builtIn(isDark(palette));
    t.window = role(QPalette::Window);
    t.base = role(QPalette::Base);
    t.text = role(QPalette::Text);
    t.accent = role(QPalette::Highlight);
    t.onAccent = role(QPalette::HighlightedText);
    t.link = readable(t.base, role(QPalette::Link), 0.999, 4.5);
    t.highContrast = contrastRatio(t.text, t.base) > 18;
    t.raised = t.dark ? mixed(t.base, t.text, 0.05) : t.base;
    t.sunken = mixed(t.base, t.text, 0.06);
    t.hover = mixed(t.base, t.text, 0.05);
    t.selection = mixed(t.base, t.accent, t.dark ? 0.20 : 0.12);
    t.selectionInactive = mixed(t.base, t.text, 0.08);
    t.line = t.highContrast ? t.text : mixed(t.base, t.text, 0.10);
    t.frame = t.highContrast ? t.text : mixed(t.base, t.text, 0.22);
    t.control = readable(t.base, t.text, 0.50, 3.6);
    t.text2 = readable(t.base, t.text, 0.72, 6.3);
    t.text3 = readable(t.base, t.text, 0.66, 5.5);
    t.off = mixed(t.base, t.text, 0.45);
    if (t.highContrast) {
        t.hover = t.base;
        t.sunken = t.base;
    }
    return t;
}

struct ThemeKey {
    QRgb window = 0, text = 0, base = 0, accent = 0;
    friend bool operator==(const ThemeKey &, const ThemeKey &) = default;
};

ThemeKey keyOf(const QPalette &palette)
{
    const auto rgb = [&palette](QPalette::ColorRole role) { return palette.color(QPalette::Active, role).rgb(); };
    return {rgb(QPalette::Window), rgb(QPalette::Text), rgb(QPalette::Base), rgb(QPalette::Highlight)};
}

struct KnownTheme {
    ThemeKey key;
    Theme theme;
};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Theme &Theme::builtIn(bool dark)
{
    static const std::array<Theme, 2> themes = [] {
        std::array<Theme, 2> made{lightTheme(), darkTheme()};
        for (Theme &theme : made)
            addCard(theme);
        return made;
    }();
    return themes[dark ? 1 : 0];
}

const Theme &Theme::of(const QPalette &palette)
{
    // Painting asks once per cell: the palette of the last call is nearly always the same.
    static qint64 lastPalette = 0;
    static const Theme *last = nullptr;
    if (last && lastPalette == palette.cacheKey())
        return *last;

    static std::deque<KnownTheme> known{
        {keyOf(paletteOf(builtIn(false))), builtIn(false)}, {keyOf(paletteOf(builtIn(true))), builtIn(true)}};
    const ThemeKey key = keyOf(palette);
    auto found = std::find_if(known.begin(), known.end(), [&key](const KnownTheme &k) { return k.key == key; });
    if (found == known.end())
        found = known.insert(known.end(), {key, derivedTheme(palette)});
    lastPalette = palette.cacheKey();
    last = &found->theme;
    return *last;
}

QPalette paletteOf(const Theme &theme)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &color) { p.setColor(QPalette::All, role, color); };
    set(QPalette::Window, theme.window);
    set(QPalette::WindowText, theme.text);
    set(QPalette::Base, theme.base);
    set(QPalette::AlternateBase, theme.base);
    set(QPalette::Text, theme.text);
    set(QPalette::PlaceholderText, theme.text3);
    set(QPalette::Button, theme.raised);
    set(QPalette::ButtonText, theme.text);
    set(QPalette::BrightText, theme.onAccent);
    set(QPalette::Highlight, theme.accent);
    set(QPalette::HighlightedText, theme.onAccent);
    set(QPalette::Link, theme.link);
    set(QPalette::LinkVisited, theme.link);
    set(QPalette::ToolTipBase, theme.card);
    set(QPalette::ToolTipText, theme.cardText);
    set(QPalette::Light, theme.raised);
    set(QPalette::Midlight, theme.line);
    set(QPalette::Mid, theme.frame);
    set(QPalette::Dark, theme.control);
    set(QPalette::Shadow, theme.dark ? QColor(Qt::black) : theme.control);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, theme.off);
    p.setColor(QPalette::Disabled, QPalette::Highlight, theme.frame);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, theme.text);
    return p;
}

void applyScheme(QApplication &application, Scheme scheme)
{
    if (scheme != Scheme::Follow) {
        application.setPalette(paletteOf(Theme::builtIn(scheme == Scheme::Dark)));
    } else {
        application.setPalette(QPalette());
        // Without a palette of its own the platform hands out the style's: then ours is meant.
        if (keyOf(QApplication::palette()) == keyOf(QApplication::style()->standardPalette()))
            application.setPalette(paletteOf(Theme::builtIn(false)));
    }
    icons::useTheme(isDark(QApplication::palette()));
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor &ground, const QColor &top, double share)
{
    const auto blend = [share](float under, float over) {
        return std::clamp(static_cast<float>(under + (over - under) * share), 0.0F, 1.0F);
    };
    return QColor::fromRgbF(
        blend(ground.redF(), top.redF()), blend(ground.greenF(), top.greenF()), blend(ground.blueF(), top.blueF()));
}

QFont roleFont(TextRole role, const QFont &base)
{
    constexpr std::array<double, kTextRoleCount> kFactors{2.0, 1.4, 1.23, 1.0, 1.0, 0.92, 0.85, 0.92};
    constexpr int kSmallestPx = 9;
    QFont font = role == TextRole::Mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : base;
    if (role != TextRole::Body && role != TextRole::Strong) {
        const double px = QFontInfo(base).pixelSize() * kFactors[static_cast<size_t>(role)];
        font.setPixelSize(std::max(kSmallestPx, qRound(px)));
    }
    font.setBold(role <= TextRole::Strong || base.bold());
    return font;
}

QFont roleFont(TextRole role)
{
    static QFont base;
    static std::array<QFont, kTextRoleCount> fonts;
    static bool made = false;
    if (const QFont current = QApplication::font(); !made || current != base) {
        base = current;
        for (size_t i = 0; i < fonts.size(); ++i)
            fonts[i] = roleFont(static_cast<TextRole>(i), base);
        made = true;
    }
    return fonts[static_cast<size_t>(role)];
}

namespace metrics {

int atLeast(int stated, const QFont &font, int padding)
{
    return std::max(stated, QFontMetrics(font).height() + padding);
}

int forText(int width)
{
    constexpr double kDesignPx = 13;
    static QFont base;
    static double factor = 0;
    if (const QFont current = QApplication::font(); factor == 0 || current != base) {
        base = current;
        factor = std::max(1.0, QFontInfo(current).pixelSize() / kDesignPx);
    }
    return qRound(width * factor);
}

int rowHeight(int stated, int lines)
{
    int text = QFontMetrics(roleFont(TextRole::Body)).height();
    if (lines > 1)
        text += QFontMetrics(roleFont(TextRole::Small)).height();
    return std::max(stated, text + kStep);
}

} // namespace metrics
} // namespace fd
