// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/settingrepository.h"

namespace fd {

QString SettingRepository::value(const QString &key, const QString &fallback)
{
    Statement statement = m_db.prepare("SELECT value FROM setting WHERE key = ?");
    statement.bind(key);
    return statement.step() ? statement.text(0) : fallback;
}

void SettingRepository::setValue(const QString &key, const QString &value)
{
    m_db.prepare("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(value)
        .run();
}

} // namespace fd
