// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/icons.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QStandardPaths>

namespace fd::icons {
namespace {

constexpr int kSmall = 16;
constexpr int kLarge = 22;

/// A framed initial, where neither the theme nor Breeze is installed.
QPixmap standIn(const QString &name, int size, qreal ratio)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QApplication::palette().color(QPalette::WindowText));
    painter.drawRoundedRect(QRectF(1.5, 1.5, size - 3, size - 3), 2, 2);
    QFont font = QApplication::font();
    font.setPixelSize(size * 9 / 16);
    painter.setFont(font);
    painter.drawText(QRectF(0, 0, size, size), Qt::AlignCenter, name.left(1).toUpper());
    return pixmap;
}

} // namespace

void useTheme(bool dark)
{
    // Platforms without a desktop's theme plugin know no place to look for icons.
    QStringList paths = QIcon::themeSearchPaths();
    const QStringList standard = QStandardPaths::locateAll(
        QStandardPaths::GenericDataLocation, QStringLiteral("icons"), QStandardPaths::LocateDirectory);
    for (const QString &path : standard) {
        if (!paths.contains(path))
            paths << path;
    }
    QIcon::setThemeSearchPaths(paths);
    QIcon::setThemeName(dark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
}

QIcon named(const QString &name)
{
    QIcon icon = QIcon::fromTheme(name);
    if (icon.isNull()) {
        for (const int size : {kSmall, kLarge})
            icon.addPixmap(standIn(name, size, qApp->devicePixelRatio()));
    }
    return icon;
}

QIcon tinted(const QString &name, const QColor &color)
{
    const QIcon plain = named(name);
    QIcon icon;
    for (const int size : {kSmall, kLarge}) {
        QPixmap pixmap = plain.pixmap(QSize(size, size), qApp->devicePixelRatio());
        QPainter painter(&pixmap);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect(0, 0, size, size), color);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace fd::icons
