// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/workspace/connectiontest.h"

#include <QWidget>

#include <array>

class QPushButton;

namespace fd {

class ElidedLabel;
class NoticeCard;
class StepMark;
class TextLabel;

/// The connection test: five steps with their times, what the first failure means, and what to try.
class TestPanel : public QWidget
{
    Q_OBJECT
public:
    TestPanel(ConnectionTest test, Clock clock, QWidget *parent = nullptr);

    /// Forgets the last test and shows whose connection would be tested.
    void reset(const QString &name);
    /// Tests `settings`; an answer to an earlier question is dropped.
    void run(const ConnectionSettings &settings);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// The last outcome; nothing while it runs or when none ran.
    [[nodiscard]] const std::optional<Diagnosis> &diagnosis() const { return m_diagnosis; }
    /// Says why the test could not even begin.
    void showFailure(const Error &error);
    /// A small one for dialogs has no head and no buttons.
    void setCompact(bool compact);

signals:
    void finished(const fd::Diagnosis &diagnosis);
    void againRequested();
    /// The user takes the better address.
    void addressChosen(const QUrl &url);

private:
    static constexpr int kSteps = 5;
    struct Line {
        StepMark *mark = nullptr;
        TextLabel *name = nullptr;
        ElidedLabel *detail = nullptr;
        TextLabel *took = nullptr;
    };

    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeSteps();
    void take(const Diagnosis &diagnosis);
    void showSteps();
    void explain();
    void copyReport() const;
    [[nodiscard]] QString report() const;

    ConnectionTest m_test;
    Clock m_clock;
    QWidget *m_head = nullptr;
    TextLabel *m_title = nullptr;
    TextLabel *m_when = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_copy = nullptr;
    std::array<Line, kSteps> m_lines{};
    NoticeCard *m_card;
    QPushButton *m_use;
    QString m_name;
    QUrl m_url;
    std::optional<Diagnosis> m_diagnosis;
    Instant m_at;
    int m_turn = 0;
    bool m_isRunning = false;
};

/// The outcome with every secret of `settings` blotted out, should anything have let one through.
[[nodiscard]] Diagnosis withoutSecrets(Diagnosis diagnosis, const ConnectionSettings &settings);

} // namespace fd
