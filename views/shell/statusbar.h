// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "views/common/message.h"

#include <QStatusBar>

class QPushButton;

namespace fd {

class ElidedLabel;
class TextLabel;
struct EngineStatus;
struct SyncStatus;

/// Live dot and "as of", the last message, what the page says, and the zone that times are shown in.
class StatusBar : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusBar(QWidget *parent = nullptr);

    /// For a workspace that runs its own flows.
    void setEngine(const EngineStatus &status);
    /// For a workspace that mirrors a server.
    void setSync(const SyncStatus &status);
    /// When what is shown was last known to be right.
    void setAsOf(Instant asOf);
    void setLastMessage(const Message &message);
    void setPageText(const QString &text);

signals:
    void liveClicked();
    void messageClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showLive();
    void showZone();

    QPushButton *m_live;
    QPushButton *m_message;
    ElidedLabel *m_page;
    TextLabel *m_zone;
    Notice m_state = Notice::Note;
    QString m_word;
    QString m_engine;
    Instant m_asOf;
};

} // namespace fd
