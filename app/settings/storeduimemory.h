// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/uimemory.h"

#include <QSettings>

namespace fd {

/// UiMemory in the user's configuration folder (flowdeck/flowdeck.ini). Each change is on disk before the event loop
/// goes to sleep, so it survives a kill. Holds no secrets.
class StoredUiMemory : public UiMemory
{
public:
    /// In the user's own configuration.
    StoredUiMemory();
    /// In a file of its own, for tests and the headless demo.
    explicit StoredUiMemory(const QString &file);

    [[nodiscard]] QVariant value(const QString &key) const override { return m_settings.value(key); }
    void setValue(const QString &key, const QVariant &value) override;

private:
    QSettings m_settings;
};

} // namespace fd
