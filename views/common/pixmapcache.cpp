// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/pixmapcache.h"

#include <QHash>

namespace fd {
namespace {

QHash<PixmapKey, QPixmap> &pixmaps()
{
    static QHash<PixmapKey, QPixmap> kept;
    return kept;
}

} // namespace

size_t qHash(const PixmapKey &key, size_t seed)
{
    return qHashMulti(seed, static_cast<int>(key.kind), key.look, key.color, key.ground, key.text, key.size.width(),
        key.size.height(), key.ratio);
}

const QPixmap *findPixmap(const PixmapKey &key)
{
    const auto found = pixmaps().constFind(key);
    return found == pixmaps().constEnd() ? nullptr : &*found;
}

const QPixmap &insertPixmap(const PixmapKey &key, const QPixmap &pixmap)
{
    constexpr qsizetype kMost = 1024;
    if (pixmaps().size() >= kMost)
        pixmaps().clear();
    return *pixmaps().insert(key, pixmap);
}

} // namespace fd
