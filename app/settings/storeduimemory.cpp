// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/storeduimemory.h"

namespace fd {

StoredUiMemory::StoredUiMemory()
    : m_settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("flowdeck"), QStringLiteral("flowdeck"))
{
}

StoredUiMemory::StoredUiMemory(const QString &file) : m_settings(file, QSettings::IniFormat) { }

void StoredUiMemory::setValue(const QString &key, const QVariant &value)
{
    // QSettings writes by itself when the event loop is next idle.
    if (m_settings.value(key) != value)
        m_settings.setValue(key, value);
}

} // namespace fd
