// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPixmap>

namespace fd {

/// What a cached picture is of. Whatever changes its pixels belongs in here.
struct PixmapKey {
    enum class Kind : quint8 { StateMark, Tag, RunButton, CheckBox };

    Kind kind = Kind::StateMark;
    /// Meaning is the kind's: a look, a check state.
    quint32 look = 0;
    QRgb color = 0;
    QRgb ground = 0;
    QString text = {};
    QSize size;
    qreal ratio = 1;

    friend bool operator==(const PixmapKey &, const PixmapKey &) = default;
};
[[nodiscard]] size_t qHash(const PixmapKey &key, size_t seed = 0);

/// The picture when it was drawn before; null otherwise. GUI thread only, as insertPixmap.
[[nodiscard]] const QPixmap *findPixmap(const PixmapKey &key);
/// Keeps `pixmap`; the oldest leave together when there are too many.
const QPixmap &insertPixmap(const PixmapKey &key, const QPixmap &pixmap);

/// Paints the picture of `key` at `corner`, drawing it first with `draw(QPainter &)` when it is new.
template<typename Draw>
void paintCached(QPainter &painter, QPoint corner, const PixmapKey &key, Draw draw)
{
    const QPixmap *known = findPixmap(key);
    if (!known) {
        QPixmap made(key.size * key.ratio);
        made.setDevicePixelRatio(key.ratio);
        made.fill(Qt::transparent);
        QPainter pixmapPainter(&made);
        pixmapPainter.setRenderHint(QPainter::Antialiasing);
        draw(pixmapPainter);
        pixmapPainter.end();
        known = &insertPixmap(key, made);
    }
    painter.drawPixmap(corner, *known);
}

} // namespace fd
