// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace fd {

class TextLabel;

/// What stands in the window before any workspace is known: three ways in, and none of them is a must.
class FirstStartPage : public QWidget
{
    Q_OBJECT
public:
    explicit FirstStartPage(QWidget *parent = nullptr);

    /// Offers to import Prefect profiles with these names; none offers nothing.
    void setProfiles(const QStringList &names);

signals:
    void sampleRequested();
    void connectRequested();
    void importRequested();
    void skipped();

private:
    [[nodiscard]] QWidget *makeProfiles();

    QWidget *m_profiles = nullptr;
    TextLabel *m_found = nullptr;
};

} // namespace fd
