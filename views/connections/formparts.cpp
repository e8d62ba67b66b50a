// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/formparts.h"

#include "views/common/controls.h"

#include <QFormLayout>
#include <QLineEdit>

namespace fd {

QFormLayout *makeForm()
{
    constexpr int kLabels = 88;
    auto *form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(metrics::kWideGap);
    form->setVerticalSpacing(metrics::kGap);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignTop);
    form->setProperty("fd-label-width", kLabels);
    return form;
}

QLabel *addField(QFormLayout *form, const QString &label, QWidget *field)
{
    auto *text = new TextLabel(label, TextRole::Quiet, Tone::Text2);
    text->setBuddy(field);
    text->setMinimumWidth(metrics::forText(form->property("fd-label-width").toInt()));
    text->setFixedHeight(metrics::atLeast(metrics::kControl, text->font(), metrics::kGap));
    form->addRow(text, field);
    return text;
}

QLineEdit *lineField(const QString &objectName, bool secret)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName);
    if (secret) {
        field->setEchoMode(QLineEdit::Password);
        field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    }
    return field;
}

} // namespace fd
